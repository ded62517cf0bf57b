package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Attachment;
import io.jenkins.plugins.servicenowconnector.engine.rest.AttachmentApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.Locale;

/** The ticket that files are attached to, with what is known of the files it has. */
final class AttachTarget {

    /** A file smaller than this is sent sooner than its limit is asked for. */
    private static final long WORTH_ASKING = 1024 * 1024;

    private final String table;
    private final Ticket ticket;
    private final AttachedFiles known;
    private AttachmentApi api;
    private long largest;

    /** @param table the ticket's own table: its form shows no files of any other */
    AttachTarget(AttachmentApi api, String table, Ticket ticket) throws ServiceNowException, InterruptedException {
        this.api = api;
        this.table = table;
        this.ticket = ticket;
        known = now();
    }

    void through(AttachmentApi other) {
        api = other;
    }

    Ticket ticket() {
        return ticket;
    }

    /** What a person calls the ticket. */
    String name() {
        return ticket.name();
    }

    /** The files as they were when this began, or were looked at again, with those attached since. */
    AttachedFiles known() {
        return known;
    }

    /** The files as they are now. */
    AttachedFiles now() throws ServiceNowException, InterruptedException {
        return new AttachedFiles(api.list(table, ticket.sysId()));
    }

    /** Looks again, so that the known files are those that are there now. */
    void renew() throws ServiceNowException, InterruptedException {
        known.renew(api.list(table, ticket.sysId()));
    }

    Attachment upload(FileToAttach file) throws ServiceNowException, InterruptedException {
        return api.upload(table, ticket.sysId(), file.name(), file.contentType(), file.content());
    }

    /** Refuses a file that is too large, as far as the account may know what that is. */
    void demandRoom(FileToAttach file) throws ServiceNowException, InterruptedException {
        if (file.size() < WORTH_ASKING) {
            return;
        }
        largest = largest == 0 ? api.largest() : largest;
        if (file.size() > largest) {
            throw ServiceNowException.badInput(
                    "files",
                    String.format(
                            Locale.ROOT,
                            "holds '%s' with %,d bytes; the instance takes no file above %,d"
                                    + " (com.glide.attachment.max_size).",
                            file.name(),
                            file.size(),
                            largest));
        }
    }
}
