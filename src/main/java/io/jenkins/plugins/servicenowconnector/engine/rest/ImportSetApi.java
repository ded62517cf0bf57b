package io.jenkins.plugins.servicenowconnector.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ServiceNow's Import Set API (servicenow-rest §2). Names given here must have passed {@link Syntax}. */
public final class ImportSetApi {

    private static final String PATH = "/api/now/import/";

    private final Instance instance;

    public ImportSetApi(Instance instance) {
        this.instance = instance;
    }

    /**
     * Puts one row into a staging table, where it is transformed at once.
     *
     * @param values texts by column: nested values would be mangled there
     * @return what became of it: the status says so, not the HTTP status
     */
    public ImportAnswer insert(String stagingTable, Map<String, String> values)
            throws ServiceNowException, InterruptedException {
        NeverWritten.checkTable("stagingTable", stagingTable);
        Reply reply = instance.send(stagingTable, Method.POST, PATH + stagingTable, Map.of(), values);
        List<TransformAnswer> transforms = new ArrayList<>();
        reply.list().forEach(each -> transforms.add(transform(each)));
        return new ImportAnswer(reply.beside("import_set"), transforms);
    }

    private static TransformAnswer transform(JsonNode node) {
        return new TransformAnswer(
                text(node, "transform_map"),
                text(node, "table"),
                text(node, "status"),
                text(node, "sys_id"),
                text(node, "display_name"),
                text(node, "display_value"),
                text(node, "record_link"),
                text(node, "error_message"),
                text(node, "status_message"));
    }

    private static String text(JsonNode node, String key) {
        return Row.fieldValue(node.path(key)).value();
    }

    /**
     * What became of a row.
     *
     * @param importSet the import set's number, such as {@code ISET0010034}; empty if the answer does not say
     * @param transforms one for each transform map that ran; empty if none ran, or the account may not see what came of it
     */
    public record ImportAnswer(String importSet, List<TransformAnswer> transforms) {

        public ImportAnswer {
            transforms = List.copyOf(transforms);
        }
    }

    /**
     * What one transform map made of a row; a text that the answer lacks is empty.
     *
     * @param map the transform map's name
     * @param table the target table
     * @param status {@code inserted}, {@code updated}, {@code ignored}, {@code skipped}, {@code error} or another one
     * @param sysId the target record's key
     * @param displayName the name of the field that {@code displayValue} is from
     * @param displayValue what a person calls the target record by
     * @param link the target record's address in the Table API, perhaps with another host
     * @param errorMessage ServiceNow's own
     * @param statusMessage a script's own
     */
    public record TransformAnswer(
            String map,
            String table,
            String status,
            String sysId,
            String displayName,
            String displayValue,
            String link,
            String errorMessage,
            String statusMessage) {}
}
