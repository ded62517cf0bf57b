package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks up what a checked request names and puts the ticket together; it only reads, with one request for each table that must
 * be asked, and none if nothing is given by name.
 */
public final class TicketShaper {

    private final TableApi tables;

    public TicketShaper(Instance instance) {
        tables = new TableApi(instance);
    }

    /**
     * Looks up and puts together.
     *
     * @param request what is asked for
     * @param now the moment from which times such as {@code +2h} count
     * @return what is to be written
     * @throws ServiceNowException {@link ServiceNowException.Kind#NOT_FOUND} or
     *     {@link ServiceNowException.Kind#AMBIGUOUS} with what was looked for, and up to ten candidates
     */
    public Shape shape(TicketRequest request, Instant now) throws ServiceNowException, InterruptedException {
        Dictionary dictionary = new Dictionary(tables);
        List<String> lines = new ArrayList<>();
        Map<String, String> template = request.formTemplate() == null
                ? Map.of()
                : new FormTemplates(tables).read(request.formTemplate(), dictionary.lineage(request.table()), lines);
        String version = request.changeTemplate() == null
                ? null
                : new StandardTemplates(tables).newest(request.changeTemplate(), lines);
        Lookups lookups = new Lookups(tables);
        NamedFields names = NamedFields.of(request, dictionary, lookups);
        People people = new People(request, template, lookups);
        wantModelAndItems(request, lookups);
        lookups.run();
        Map<String, String> byName = names.values(tables, lines);
        Map<String, String> requester = people.values(lines);
        FieldLayers layers = new FieldLayers(request, now, lines);
        Map<String, String> values = layers.merge(template, requester, byName, version, model(request, lookups, lines));
        return new Shape(request.table(), values, layers.moving(), items(request, lookups), lines);
    }

    private static void wantModelAndItems(TicketRequest request, Lookups lookups) {
        if (isLookedUp(request.changeModel())) {
            lookups.want(ReferredTable.MODELS, request.changeModel());
        }
        request.affectedItems().forEach(item -> lookups.want(ReferredTable.ITEMS, item));
    }

    /** The models that every instance has are known by the names of their types; a sys_id is taken as it is. */
    private static boolean isLookedUp(String model) {
        return model != null
                && !RecordLookup.isSysId(model)
                && !NewTicket.CHANGE_TYPES.contains(model.toLowerCase(Locale.ROOT));
    }

    private static String model(TicketRequest request, Lookups lookups, List<String> lines)
            throws ServiceNowException, InterruptedException {
        if (!isLookedUp(request.changeModel())) {
            return request.changeModel() == null ? null : request.changeModel().toLowerCase(Locale.ROOT);
        }
        Row model = lookups.only("changeModel", ReferredTable.MODELS, request.changeModel());
        lines.add("Change model '" + model.value("name") + "'.");
        return model.value("sys_id");
    }

    private static List<ConfigurationItem> items(TicketRequest request, Lookups lookups)
            throws ServiceNowException, InterruptedException {
        Map<String, ConfigurationItem> items = new LinkedHashMap<>();
        for (String text : request.affectedItems()) {
            Row row = lookups.only("affectedItems", ReferredTable.ITEMS, text);
            String sysId = row.value("sys_id");
            items.putIfAbsent(sysId, new ConfigurationItem(Candidates.name(ReferredTable.ITEMS, row), sysId));
        }
        return List.copyOf(items.values());
    }
}
