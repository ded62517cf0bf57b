package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Attachment;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Doubt;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Sends one file after a look whether it is there, and a second time only after more looks. */
final class FileSending {

    /**
     * How often is looked after a doubt, the first time at once: an upload that got no answer may be stored a bit later. As
     * often for the hash of a file that may be the same one: it comes seconds after an upload (servicenow-rest §4).
     */
    private static final int LOOKS = 4;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /** Once more, because a cut connection is the usual doubt; but a large file not again and again. */
    private static final int MOST_SENDS = 2;

    private final FileToAttach file;
    private final AttachTarget target;
    private final Consumer<String> log;

    private ServiceNowException doubt;
    private int sends;
    private int looks;

    FileSending(FileToAttach file, AttachTarget target, Consumer<String> log) {
        this.file = file;
        this.target = target;
        this.log = log;
    }

    /**
     * Makes the calls that are due now.
     *
     * @return the outcome; null if the file must be looked for again after {@link #pause}
     * @throws ServiceNowException passing, if nothing was sent and the same may be tried later
     */
    FileOutcome advance() throws ServiceNowException, InterruptedException {
        try {
            return doubt == null ? begin() : look();
        } catch (ServiceNowException e) {
            boolean isUndone = e.isPassing() && doubt == null && !e.mayHaveArrived();
            if (isUndone) {
                throw e;
            }
            say("is not attached: " + e.getMessage());
            return FileOutcome.failed(file, e);
        }
    }

    /** How long to wait before the next look. */
    Duration pause() {
        return BETWEEN_LOOKS;
    }

    /** What to end with when there is no time to go on. */
    FileOutcome outOfTime(ServiceNowException lastFailure) {
        return FileOutcome.failed(file, doubt == null ? lastFailure : unknown());
    }

    private FileOutcome begin() throws ServiceNowException, InterruptedException {
        if (looks > 0 && target.known().mayHold(file)) {
            target.renew();
        }
        Attachment same = target.known().find(file);
        if (same != null) {
            demandWhole(same);
            say("is attached to " + target.name() + " already, with the same content; it is not sent again");
            return FileOutcome.alreadyThere(file, same.sysId());
        }
        if (target.known().mayHold(file) && looks < LOOKS - 1) {
            looks++;
            return null;
        }
        target.demandRoom(file);
        return send();
    }

    /** What to say of the files of the same name that are there before this one is sent. */
    private String others() {
        if (!target.known().hasName(file.name())) {
            return "";
        }
        return target.known().mayHold(file)
                ? ", beside another one of that name and size, of which ServiceNow gives no hash to compare"
                : ", beside another one of that name with other content";
    }

    private FileOutcome send() throws ServiceNowException, InterruptedException {
        String others = others();
        sends++;
        try {
            return attached(target.upload(file), others);
        } catch (ServiceNowException e) {
            if (Doubt.remains(e)) {
                doubt = e;
            } else if (doubt == null || !e.isPassing()) {
                throw e;
            } else {
                // this time nothing was sent, but the first one can still turn up
                sends--;
            }
        }
        looks = 0;
        say("may be attached or not, so " + target.name() + " is looked at again: " + doubt.getMessage());
        return look();
    }

    private FileOutcome look() throws ServiceNowException, InterruptedException {
        looks++;
        ServiceNowException failure = null;
        try {
            Attachment stored = target.known().findNew(file, target.now());
            if (stored != null) {
                return attached(stored, "");
            }
        } catch (ServiceNowException e) {
            failure = e;
        }
        // where there was an answer, there is nothing to wait for
        int most = doubt.kind() == Kind.FORBIDDEN ? 1 : LOOKS;
        boolean mayGoOn = failure == null || failure.isPassing();
        return looks < most && mayGoOn ? null : afterLastLook(failure);
    }

    private FileOutcome afterLastLook(ServiceNowException failure) throws ServiceNowException, InterruptedException {
        if (failure != null) {
            throw failure.kind() == Kind.UNAUTHENTICATED ? failure : unknown();
        }
        if (!doubt.isPassing()) {
            throw doubt;
        }
        if (sends >= MOST_SENDS) {
            throw unknown();
        }
        return send();
    }

    private FileOutcome attached(Attachment stored, String others) throws ServiceNowException {
        target.known().add(stored, file);
        demandWhole(stored);
        say(String.format(Locale.ROOT, "(%,d bytes) is attached to %s%s", file.size(), target.name(), others));
        if (stored.isPending()) {
            say("can be opened once ServiceNow's virus scanner has seen it");
        }
        return FileOutcome.attached(file, stored.sysId());
    }

    /** What is there must be what was sent; a scanner may keep it back. */
    private void demandWhole(Attachment stored) throws ServiceNowException {
        if (stored.size() >= 0 && stored.size() != file.size()) {
            throw notTaken("ServiceNow stored " + stored.size() + " of the " + file.size() + " bytes of '" + file.name()
                    + "'; delete that attachment and attach the file again.");
        }
        if (stored.isBlocked()) {
            throw notTaken("ServiceNow keeps '" + file.name() + "' back (state " + stored.state()
                    + "): its virus scanner does not let it through.");
        }
    }

    private static ServiceNowException notTaken(String sentence) {
        return new ServiceNowException(Kind.NOT_TAKEN, sentence, Facts.NONE);
    }

    private ServiceNowException unknown() {
        return new ServiceNowException(
                Kind.OUTCOME_UNKNOWN,
                "Whether '" + file.name() + "' was attached to " + target.name() + " is unknown: " + doubt.sentence()
                        + " Look at the ticket's attachments before you attach it again.",
                doubt.facts());
    }

    private void say(String what) {
        boolean isWhole = what.endsWith(".") || what.endsWith(")");
        log.accept("'" + file.name() + "' " + what + (isWhole ? "" : "."));
    }
}
