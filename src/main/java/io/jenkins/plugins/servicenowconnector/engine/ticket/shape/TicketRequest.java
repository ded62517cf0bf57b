package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a user gives for one ticket, checked as far as that goes without a call.
 *
 * @param creates whether the ticket is new; else these are changes to existing ones
 * @param table its table, in lower case
 * @param own what the step itself says, field by field, dates still as they were given
 * @param defaults what connector and job add where the step says nothing
 * @param names the fields that are given by name, each with one text or, for a list, several
 * @param changeType {@code normal}, {@code standard} or {@code emergency}; null if not given
 * @param changeModel name or sys_id; null if not given
 * @param changeTemplate name or sys_id of a standard change template; null if not given
 * @param formTemplate name or sys_id of a form template; null if not given
 * @param requester who it is requested by
 * @param affectedItems names or sys_ids of configuration items
 * @param workNote what Jenkins says about itself; null or blank for nothing
 */
public record TicketRequest(
        boolean creates,
        String table,
        Map<String, String> own,
        Map<String, String> defaults,
        Map<String, List<String>> names,
        String changeType,
        String changeModel,
        String changeTemplate,
        String formTemplate,
        Requester requester,
        List<String> affectedItems,
        String workNote) {

    static final String CHANGE = "change_request";

    public TicketRequest {
        own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
        affectedItems = List.copyOf(affectedItems);
    }

    /**
     * Checks what is given for a new ticket.
     *
     * @throws ServiceNowException bad input that names the parameter
     */
    public static TicketRequest toCreate(TicketParameters given) throws ServiceNowException {
        return of(given, true);
    }

    /**
     * Checks what is given as changes to existing tickets: {@code fields}, {@code names}, {@code formTemplate},
     * {@code affectedItems} and the work note; the other parameters are for new tickets only.
     *
     * @throws ServiceNowException bad input that names the parameter, also if nothing would be changed
     */
    public static TicketRequest toUpdate(TicketParameters given) throws ServiceNowException {
        TicketRequest request = of(given, false);
        if (request.own.isEmpty()
                && request.names.isEmpty()
                && request.formTemplate == null
                && request.affectedItems.isEmpty()) {
            throw ServiceNowException.badInput(
                    "fields", "must name what is to be changed, unless names, formTemplate or affectedItems do.");
        }
        return request;
    }

    /** The fields as they were given, nothing looked up: for a ticket that is there, whose fields are only read. */
    public Shape asGiven() {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        values.putAll(own);
        names.forEach((field, texts) -> values.put(field, String.join(",", texts)));
        if (table.equals(CHANGE)) {
            values.putIfAbsent(FieldLayers.TYPE, "");
            values.putIfAbsent(FieldLayers.MODEL, "");
        }
        return new Shape(table, values, Set.of(), List.of(), List.of());
    }

    /** Whether it adds an entry of its own to a journal, which would stand there twice if it were sent twice. */
    public boolean hasJournal() {
        return own.keySet().stream().anyMatch(TicketFields::isJournal);
    }

    private static TicketRequest of(TicketParameters given, boolean creates) throws ServiceNowException {
        String table = Syntax.table("ticketType", given.ticketType);
        NeverWritten.checkTable("ticketType", table);
        TicketRequest request = new TicketRequest(
                creates,
                table,
                own(given),
                defaults(given),
                names(given.names),
                lower(given.changeType),
                text("changeModel", given.changeModel),
                text("changeTemplate", given.changeTemplate),
                text("formTemplate", given.formTemplate),
                given.requestedBy,
                items(given.affectedItems),
                given.workNote);
        if (request.requester.isNamed()) {
            text("requestedBy", request.requester.name());
        }
        Combinations.check(request);
        return request;
    }

    private static Map<String, String> own(TicketParameters given) throws ServiceNowException {
        Map<String, String> own = new LinkedHashMap<>();
        if (given.shortDescription != null && !given.shortDescription.isBlank()) {
            own.put("short_description", FieldInput.single("shortDescription", given.shortDescription));
        }
        if (given.description != null && !given.description.isBlank()) {
            own.put("description", FieldInput.single("description", given.description));
        }
        own.putAll(checked("fields", given.fields));
        return own;
    }

    private static Map<String, String> defaults(TicketParameters given) throws ServiceNowException {
        Map<String, String> defaults = new LinkedHashMap<>(checked("connector defaults", given.connectorDefaults));
        defaults.putAll(checked("job defaults", given.jobDefaults));
        return defaults;
    }

    private static Map<String, String> checked(String parameter, Map<String, ?> fields) throws ServiceNowException {
        Map<String, String> values = FieldInput.read(parameter, fields);
        NeverWritten.checkFields(parameter, values.keySet());
        DateInput.check(parameter, values);
        return values;
    }

    private static Map<String, List<String>> names(Map<String, ?> given) throws ServiceNowException {
        NeverWritten.checkFields("names", FieldInput.read("names", given).keySet());
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (Map.Entry<String, ?> each : given.entrySet()) {
            String field = each.getKey().strip();
            List<?> values = each.getValue() instanceof List<?> list ? list : List.of(each.getValue());
            names.put(field, texts("names." + field, values));
        }
        return names;
    }

    private static List<String> items(List<?> given) throws ServiceNowException {
        List<String> items = given.isEmpty() ? List.of() : texts("affectedItems", given);
        List<String> distinct = new ArrayList<>();
        for (String item : items) {
            if (distinct.stream().noneMatch(item::equalsIgnoreCase)) {
                distinct.add(item);
            }
        }
        return distinct;
    }

    private static List<String> texts(String parameter, List<?> values) throws ServiceNowException {
        if (values.isEmpty()) {
            throw ServiceNowException.badInput(parameter, "must not be an empty list.");
        }
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            // null is refused before it is made a text
            texts.add(required(parameter, FieldInput.single(parameter, value)));
        }
        return texts;
    }

    private static String text(String parameter, String given) throws ServiceNowException {
        return given == null || given.isBlank() ? null : required(parameter, given);
    }

    /** A text that something is looked up by. */
    private static String required(String parameter, String given) throws ServiceNowException {
        EncodedQuery.where(parameter, given);
        return given.strip();
    }

    private static String lower(String given) {
        return given == null || given.isBlank() ? null : given.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * What the step asks for, by parameter and field, always the same for the same parameters: for telling whether two attempts
     * mean the same ticket. Dates are in it as they were given, because {@code +2h} is another moment each time; what Jenkins
     * adds, defaults, starter and work note, is not.
     */
    public Map<String, String> said() {
        Map<String, String> said = new LinkedHashMap<>();
        own.forEach((field, value) -> said.put("fields." + field, value));
        names.forEach((field, values) -> add(said, "names." + field, values));
        said.put("changeType", changeType);
        said.put("changeModel", changeModel);
        said.put("changeTemplate", changeTemplate);
        said.put("formTemplate", formTemplate);
        said.put("requestedBy", requester.name());
        add(said, "affectedItems", affectedItems);
        said.values().removeIf(Objects::isNull);
        return said;
    }

    private static void add(Map<String, String> said, String name, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            said.put(name + "[" + i + "]", values.get(i));
        }
    }
}
