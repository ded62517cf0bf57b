package io.jenkins.plugins.servicenowconnector.step;

import hudson.FilePath;
import hudson.Util;
import io.jenkins.plugins.servicenowconnector.agent.WorkspaceFile;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.files.AttachReport;
import io.jenkins.plugins.servicenowconnector.engine.ticket.files.Attachments;
import io.jenkins.plugins.servicenowconnector.engine.ticket.files.FileToAttach;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Attaches files of the workspace to one ticket; what is there already is not sent again. */
final class AttachWork implements TicketWork {

    private final TicketSelection selection;
    private final String files;

    private Attachments attachments;
    private boolean isNamed;

    AttachWork(TicketSelection selection, String files) {
        this.selection = selection;
        this.files = files;
    }

    @Override
    public ConnectorUse use(ConnectorUse use) {
        return use.on(selection.table(), Operation.READ, Operation.ATTACH);
    }

    @Override
    public ServiceNowException outOfTime() {
        if (attachments == null) {
            return null;
        }
        try {
            attachments.outOfTime().orThrow();
            return null;
        } catch (ServiceNowException e) {
            return e;
        }
    }

    @Override
    public Turn go(TicketRun run, OpenConnector connector)
            throws ServiceNowException, IOException, InterruptedException {
        if (attachments == null) {
            attachments =
                    new Attachments(connector.instance(), selection.table(), selection.key(), found(run), run::log);
        }
        attachments.through(connector.instance());
        Duration pause = attachments.advance(run::isTimeUp);
        if (!isNamed && attachments.ticket() != null) {
            isNamed = true;
            run.log("Attachments of " + TicketRun.named(attachments.ticket(), connector));
        }
        if (pause != null) {
            return new Turn.Later(Instant.now().plus(pause), "");
        }
        AttachReport report = attachments.report().orThrow();
        run.note(connector, report.ticket(), BuildTicket.Role.CHANGED);
        return new Turn.Result(TicketResult.of(report.ticket(), connector));
    }

    private List<FileToAttach> found(TicketRun run) throws ServiceNowException, IOException, InterruptedException {
        FilePath workspace = run.workspace();
        if (workspace == null) {
            throw ServiceNowException.badInput("files", "are those of a workspace: put the step into a node block.");
        }
        List<FileToAttach> found = new ArrayList<>();
        if (!workspace.exists()) {
            // nothing has been built in it yet
            return found;
        }
        for (FilePath each : workspace.list(Util.fixNull(files))) {
            WorkspaceFile file = WorkspaceFile.of(each);
            found.add(FileToAttach.of(file, file::sha256));
        }
        return found;
    }
}
