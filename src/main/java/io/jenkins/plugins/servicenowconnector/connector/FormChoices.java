package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormList;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormLists;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Asks instances what forms can offer, none twice in a minute.
 *
 * <p>A form works without: then a field is plain text, and its check says why.
 */
@Extension
public class FormChoices {

    private static final long KEPT_MILLIS = 60_000;

    private final Map<String, Kept> answers = new ConcurrentHashMap<>();

    /** A question to an instance. */
    @FunctionalInterface
    public interface Question {
        /** Asks the instance. */
        FormList<FormOption> ask(FormLists instance) throws ServiceNowException, InterruptedException;
    }

    /**
     * What a combo box offers.
     *
     * @param item where the form stands; whoever asks may configure it
     * @param connector the connector that is chosen there
     * @param table the table that the question is about; null for none in particular
     * @param name what tells the question from others
     */
    public static ComboBoxModel offer(Item item, String connector, String table, String name, Question question) {
        Collection<FormOption> options =
                answer(item, connector, table, name, question).entries();
        return new ComboBoxModel(options.stream().map(FormOption::value).toList());
    }

    /** Why a combo box offers less than it could; OK if all is well. */
    public static FormValidation hint(Item item, String connector, String table, String name, Question question) {
        String hint = answer(item, connector, table, name, question).hint();
        return hint.isEmpty() ? FormValidation.ok() : FormValidation.warning(hint);
    }

    /**
     * What an instance can offer, or a hint why it is nothing.
     *
     * @param item where the form stands; whoever asks may see what the item's connectors read
     * @param connector the connector that is chosen there
     * @param table the table that the question is about; null for none in particular
     * @param name what tells the question from others
     */
    public static FormList<FormOption> answer(
            Item item, String connector, String table, String name, Question question) {
        String key = String.join(
                "\n", item == null ? "" : item.getFullName(), String.valueOf(connector), String.valueOf(table), name);
        long now = System.currentTimeMillis();
        Map<String, Kept> answers = ExtensionList.lookupSingleton(FormChoices.class).answers;
        answers.values().removeIf(kept -> now - kept.at > KEPT_MILLIS);
        // not asked inside the map: it would hold up other questions
        FutureTask<FormList<FormOption>> answer = answers.computeIfAbsent(
                        key, each -> new Kept(now, new FutureTask<>(() -> ask(item, connector, table, question))))
                .answer;
        // only the first one asks
        answer.run();
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("every failure is an answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nothing("");
        }
    }

    private static FormList<FormOption> ask(Item item, String connector, String table, Question question) {
        try {
            return ShortQuestion.ask(() -> {
                ConnectorUse use = ConnectorUse.by(item).on(table, Operation.READ);
                OpenConnector open = Connectors.open(connector, use, null);
                return question.ask(new FormLists(open.instance()));
            });
        } catch (ServiceNowException e) {
            return nothing(e.getMessage());
        } catch (IllegalStateException e) {
            return nothing(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nothing("");
        }
    }

    private static FormList<FormOption> nothing(String hint) {
        return new FormList<>(List.of(), hint);
    }

    private record Kept(long at, FutureTask<FormList<FormOption>> answer) {}
}
