package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Keys of records in lists, each as long as the address of one request allows. */
final class KeyBatches {

    private KeyBatches() {}

    /**
     * Splits keys into as few lists as possible.
     *
     * @param text how a key stands in the address
     * @param alone how many characters the address has with this key as the only one
     */
    static <K> List<List<K>> of(List<K> keys, Function<K, String> text, ToIntFunction<K> alone) {
        List<List<K>> batches = new ArrayList<>();
        int length = 0;
        for (K key : keys) {
            length += text.apply(key).length() + 1;
            if (batches.isEmpty() || length > TableApi.LONGEST_ADDRESS) {
                batches.add(new ArrayList<>());
                length = alone.applyAsInt(key);
            }
            batches.get(batches.size() - 1).add(key);
        }
        return batches;
    }

    /** An address that is too long gets a 414 or a 400, by who refuses it; a 400 also means that there is no such table. */
    static boolean isTooLong(ServiceNowException failure) {
        int status = failure.facts().status();
        return status == 414 || status == 400 && failure.kind() != Kind.NOT_FOUND;
    }
}
