package io.jenkins.plugins.servicenowconnector.connector;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be done with tickets through a connector. */
public enum Operation {
    READ,
    CREATE,
    UPDATE,
    IMPORT,
    ATTACH;

    /** What a connector allows unless it says otherwise: importing writes to tables that nobody has named. */
    static final List<String> USUAL = List.of(READ.word(), CREATE.word(), UPDATE.word(), ATTACH.word());

    /** The word for it in forms and in Configuration as Code. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The operation that a word stands for; empty for a word that stands for none. */
    static Optional<Operation> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
