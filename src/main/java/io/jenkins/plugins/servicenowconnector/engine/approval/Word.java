package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the constants of an enum are written by users: in lower case, the first one being the default. */
final class Word {

    private Word() {}

    /**
     * Reads one of the words.
     *
     * @param parameter the parameter's name, for the error
     * @param text null or blank means the first
     */
    static <E extends Enum<E>> E parse(String parameter, String text, E[] words) throws ServiceNowException {
        if (text == null || text.isBlank()) {
            return words[0];
        }
        for (E word : words) {
            if (of(word).equals(text.strip().toLowerCase(Locale.ROOT))) {
                return word;
            }
        }
        String known = Arrays.stream(words).map(Word::of).collect(Collectors.joining(" or "));
        throw ServiceNowException.badInput(parameter, "cannot be " + OneLine.quoted(text) + ": use " + known + ".");
    }

    /** The word for a constant. */
    static String of(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
