package io.jenkins.plugins.servicenowconnector.view;

import hudson.Extension;
import hudson.Util;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.RootAction;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** The page <i>ServiceNow approvals</i>: all waits that a user may see, of all jobs. */
@Extension
@ExportedBean
public class ApprovalsPage implements RootAction {

    private static final int NOT_FOUND = 404;
    private static final int TOO_EARLY = 429;

    private final CheckNow checks = new CheckNow(InstantSource.system());

    /** Shown to those who may see any wait. */
    @Override
    public String getIconFileName() {
        // each page of Jenkins asks, and many waits are of few jobs
        return Waits.get().all().stream().map(Waiter::job).distinct().anyMatch(LiveWait::isVisible)
                ? "symbol-hourglass"
                : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ApprovalsPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "servicenow-approvals";
    }

    /** The remote interface: what the page lists, with the same filters. */
    public Api getApi() {
        return new Api(this);
    }

    /** For the remote interface: the waits that the user may see, the oldest first, as far as the request wants them. */
    @Exported
    public List<LiveWait> getWaits() {
        return getFound().getAll();
    }

    /** For views: the waits that the current request wants. */
    public FoundWaits getFound() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null
                ? FoundWaits.search(null, null)
                : FoundWaits.search(request.getParameter("connector"), request.getParameter("ticket"));
    }

    /** Has a wait looked at; the answer is a sentence for the user. */
    @POST
    public HttpResponse doCheck(@QueryParameter String wait) {
        Waiter waiter =
                Waits.get().byId(Util.fixNull(wait)).filter(LiveWait::isVisible).orElse(null);
        if (waiter == null) {
            return sentence(NOT_FOUND, Messages.ApprovalsPage_over());
        }
        waiter.job().checkPermission(Item.BUILD);
        String ticket = waiter.approval().ticketName();
        Duration pause = checks.ask(waiter);
        if (pause.isZero()) {
            return sentence(StaplerResponse2.SC_OK, Messages.ApprovalsPage_asked(ticket));
        }
        long seconds = pause.plusMillis(999).toSeconds();
        return sentence(TOO_EARLY, Messages.ApprovalsPage_tooEarly(ticket, seconds));
    }

    private static HttpResponse sentence(int status, String text) {
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException {
                response.setStatus(status);
                response.setContentType("text/plain;charset=UTF-8");
                response.getWriter().print(text);
            }
        };
    }
}
