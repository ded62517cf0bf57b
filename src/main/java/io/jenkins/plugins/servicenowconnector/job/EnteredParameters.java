package io.jenkins.plugins.servicenowconnector.job;

import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.servicenowconnector.engine.approval.WantedTicket;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import jakarta.servlet.ServletException;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The ticket parameters in a job's form that is about to be saved.
 *
 * <p>A parameter itself cannot refuse to be saved: Jenkins takes it in spite of what it throws. A job property can.
 */
final class EnteredParameters {

    private static final String SECTION =
            ParametersDefinitionProperty.class.getName().replace('.', '-');

    private EnteredParameters() {}

    /**
     * Refuses a ticket parameter that no ticket could ever pass.
     *
     * @param request null for none; one that is no job's form has nothing to refuse
     */
    static void check(StaplerRequest2 request) throws FormException {
        JSONObject form = form(request);
        JSONObject properties = form == null ? null : form.optJSONObject("properties");
        JSONObject section = properties == null ? null : properties.optJSONObject(SECTION);
        if (section == null || !section.optBoolean("specified")) {
            return;
        }
        for (Object each : JSONArray.fromObject(section.get("parameterDefinitions"))) {
            if (each instanceof JSONObject parameter && isTicket(parameter)) {
                checkTicket(parameter);
            }
        }
    }

    private static JSONObject form(StaplerRequest2 request) throws FormException {
        try {
            return request == null || request.getParameter("json") == null ? null : request.getSubmittedForm();
        } catch (ServletException e) {
            throw new FormException(e, "json");
        }
    }

    private static boolean isTicket(JSONObject parameter) {
        String name = TicketParameterDefinition.class.getName();
        return name.equals(parameter.optString("$class")) || name.equals(parameter.optString("stapler-class"));
    }

    private static void checkTicket(JSONObject parameter) throws FormException {
        try {
            WantedTicket.of(
                    entered(parameter, "ticketType"), entered(parameter, "filter"), entered(parameter, "mustMatch"));
        } catch (ServiceNowException e) {
            throw new FormException(parameter.optString("name") + ": " + e.getMessage(), "parameterDefinitions");
        }
    }

    private static String entered(JSONObject parameter, String field) {
        return Util.fixEmptyAndTrim(parameter.optString(field));
    }
}
