package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Attachment;
import io.jenkins.plugins.servicenowconnector.engine.rest.AttachmentApi;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Sends the files of one ticket, each after a look whether it is there, and again only after another look. */
final class FileSender {

    /** A file smaller than this is sent sooner than its limit is asked for. */
    private static final long WORTH_ASKING = 1024 * 1024;

    /** How often is looked after a doubt, the first time at once: an upload that got no answer may be stored a bit later. */
    private static final int LOOKS = 4;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final AttachmentApi api;
    private final String table;
    private final String sysId;
    private final String name;
    private final Attachments.Pause pause;
    private final Consumer<String> log;
    private final AttachedFiles known;
    private long largest;

    FileSender(AttachmentApi api, String table, Ticket ticket, Attachments.Pause pause, Consumer<String> log)
            throws ServiceNowException, InterruptedException {
        this.api = api;
        this.table = table;
        sysId = ticket.sysId();
        name = AttachReport.name(ticket);
        this.pause = pause;
        this.log = log;
        known = look();
    }

    private AttachedFiles look() throws ServiceNowException, InterruptedException {
        return new AttachedFiles(api.list(table, sysId));
    }

    FileOutcome send(FileToAttach file) throws InterruptedException {
        try {
            Attachment same = known.find(file);
            if (same != null) {
                demandWhole(file, same);
                say(file, "is attached to " + name + " already, " + sameness(same) + "; it is not sent again");
                return FileOutcome.alreadyThere(file, same.sysId());
            }
            if (known.hasName(file.name())) {
                say(file, "is attached to " + name + " with other content; ServiceNow keeps both");
            }
            demandRoom(file);
            Attachment stored = upload(file);
            known.add(stored);
            say(file, String.format(Locale.ROOT, "(%,d bytes) is attached to %s", file.size(), name));
            demandWhole(file, stored);
            return FileOutcome.attached(file, stored.sysId());
        } catch (ServiceNowException e) {
            say(file, "is not attached: " + e.getMessage());
            return FileOutcome.failed(file, e);
        }
    }

    private static String sameness(Attachment same) {
        return same.hash().isEmpty()
                ? "with the same size (ServiceNow gives no hash of it, so the content could not be compared)"
                : "with the same content";
    }

    private Attachment upload(FileToAttach file) throws ServiceNowException, InterruptedException {
        ServiceNowException doubt = null;
        for (int time = 0; time < 2; time++) {
            try {
                return api.upload(table, sysId, file.name(), file.contentType(), file.content());
            } catch (ServiceNowException e) {
                if (!Tickets.inDoubt(e)) {
                    throw e;
                }
                doubt = e;
            }
            say(file, "may be attached or not, so " + name + " is looked at again: " + doubt.getMessage());
            Attachment stored = lookAgain(file, doubt);
            if (stored != null) {
                return stored;
            }
            if (!doubt.isPassing()) {
                throw doubt;
            }
        }
        throw unknown(file, doubt);
    }

    /** The file, if it was stored although no answer said so; null if it is not there after some time. */
    private Attachment lookAgain(FileToAttach file, ServiceNowException doubt)
            throws ServiceNowException, InterruptedException {
        ServiceNowException lastFailure = null;
        // with an answer there is nothing to wait for
        int looks = doubt.kind() == Kind.FORBIDDEN ? 1 : LOOKS;
        for (int time = 0; time < looks; time++) {
            if (time > 0) {
                pause.last(BETWEEN_LOOKS);
            }
            try {
                lastFailure = null;
                Attachment stored = look().find(file);
                if (stored != null) {
                    return stored;
                }
            } catch (ServiceNowException e) {
                lastFailure = e;
                if (!e.isPassing()) {
                    break;
                }
            }
        }
        if (lastFailure != null) {
            throw lastFailure.kind() == Kind.UNAUTHENTICATED ? lastFailure : unknown(file, doubt);
        }
        return null;
    }

    private ServiceNowException unknown(FileToAttach file, ServiceNowException doubt) {
        return new ServiceNowException(
                Kind.OUTCOME_UNKNOWN,
                "Whether '" + file.name() + "' was attached to " + name + " is unknown: " + doubt.sentence()
                        + " Look at the ticket's attachments before you attach it again.",
                doubt.facts());
    }

    private void demandRoom(FileToAttach file) throws ServiceNowException, InterruptedException {
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

    /** What is there must be what was sent; a scanner may keep it back. */
    private void demandWhole(FileToAttach file, Attachment stored) throws ServiceNowException {
        if (stored.size() >= 0 && stored.size() != file.size()) {
            throw notTaken("ServiceNow stored " + stored.size() + " of the " + file.size() + " bytes of '" + file.name()
                    + "'; delete that attachment and attach the file again.");
        }
        if (stored.isBlocked()) {
            throw notTaken("ServiceNow keeps '" + file.name() + "' back (state " + stored.state()
                    + "): its virus scanner does not let it through.");
        }
        if (stored.isPending()) {
            say(file, "can be opened once ServiceNow's virus scanner has seen it");
        }
    }

    private static ServiceNowException notTaken(String sentence) {
        return new ServiceNowException(Kind.NOT_TAKEN, sentence, Facts.NONE);
    }

    private void say(FileToAttach file, String what) {
        log.accept("'" + file.name() + "' " + what + (what.endsWith(".") || what.endsWith(")") ? "" : "."));
    }
}
