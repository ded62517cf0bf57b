package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Says in a sentence what an error of ServiceNow means (servicenow-rest §1.9, §6.2, §7). */
final class ErrorAnswers {

    /** Said of an unknown path, with 400 or 404. */
    private static final String NO_RESOURCE = "does not represent any resource";

    private ErrorAnswers() {}

    /** An answer with an error in ServiceNow's own form, or with a bad status. */
    static ServiceNowException explain(Asked asked, Answer answer, String message, String detail, Instant now) {
        Facts facts = asked.facts(answer, message, detail);
        return switch (answer.status()) {
            case 400, 413, 414 -> badRequest(asked, facts);
            case 401 -> unauthenticated(asked, answer, facts);
            case 403 -> Refusals.explain(asked, facts);
            case 404 -> text(facts).contains(NO_RESOURCE) ? noInterface(asked, facts) : notFound(asked, facts);
            case 405, 406, 415 ->
                of(Kind.NOT_FOUND, facts, asked.host() + " does not offer this interface in the way it was called.");
            case 429 -> rateLimited(asked, answer, facts, now);
            default -> failed(asked, answer.status(), facts);
        };
    }

    /** 202 where no background work was asked for: the session queue was full, nothing was done (§7.4). */
    static ServiceNowException notProcessed(Asked asked, Answer answer) {
        return undone(
                Kind.PROTOCOL,
                asked.facts(answer, "", ""),
                asked.host() + " accepted the call but did not process it, its queue is full; it can be tried again.");
    }

    private static ServiceNowException badRequest(Asked asked, Facts facts) {
        String text = text(facts);
        if (text.contains("invalid table")) {
            return of(
                    Kind.NOT_FOUND,
                    facts,
                    "There is no table '" + asked.table() + "' on " + asked.host()
                            + "; check the ticket type, and that the application that brings the table is installed.");
        }
        if (text.contains("invalid staging table")) {
            return of(
                    Kind.NOT_FOUND,
                    facts,
                    "'" + asked.table() + "' is no staging table of " + asked.host()
                            + "; give the table that a transform map reads from, not the one it writes to.");
        }
        if (text.contains(NO_RESOURCE)) {
            return noInterface(asked, facts);
        }
        if (text.contains("too large") || text.contains("rejected large") || facts.status() > 400) {
            return tooLarge(asked, facts);
        }
        return of(Kind.BAD_INPUT, facts, asked.host() + " does not understand the call.");
    }

    private static ServiceNowException noInterface(Asked asked, Facts facts) {
        return of(
                Kind.NOT_FOUND,
                facts,
                asked.host() + " does not have the interface that was called; its plugin may not be active, or the"
                        + " connector's URL has a path too many.");
    }

    static ServiceNowException tooLarge(Asked asked, Facts facts) {
        return of(Kind.BAD_INPUT, facts, "What was sent to " + asked.host() + " is too large for it.");
    }

    static ServiceNowException unauthenticated(Asked asked, Answer answer, Facts facts) {
        if (!answer.header("x-mfa_token").isEmpty()) {
            return of(
                    Kind.UNAUTHENTICATED,
                    facts,
                    asked.host() + " accepts the password but wants a second factor,"
                            + " which a machine cannot give; exempt the account from multi-factor authentication.");
        }
        return of(
                Kind.UNAUTHENTICATED,
                facts,
                asked.host() + " does not accept the account. Possible causes: " + asked.causesOfRefusal());
    }

    private static ServiceNowException notFound(Asked asked, Facts facts) {
        return of(
                Kind.NOT_FOUND,
                facts,
                "There is no such record in " + asked.table() + " on " + asked.host()
                        + ", or the account may not see it.");
    }

    static ServiceNowException rateLimited(Asked asked, Answer answer, Facts facts, Instant now) {
        Duration wait = RetryAfter.read(answer, now);
        String rule = answer.header("x-ratelimit-limit");
        String sentence = rule.isEmpty()
                ? asked.host() + " is busy and refuses calls for now."
                : asked.host() + " allows " + rule + " such calls an hour, which are used up.";
        return ServiceNowException.rateLimited(sentence, facts, wait);
    }

    static ServiceNowException failed(Asked asked, int status, Facts facts) {
        if (text(facts).contains("maximum execution time exceeded")) {
            return of(Kind.TIMEOUT, facts, asked.host() + " ended the call because it took too long there.");
        }
        if (status == 503) {
            return of(Kind.ASLEEP, facts, asked.host() + " is not available now; it can be tried again later.");
        }
        if (status == 499 || status == 502 || status == 504) {
            return of(
                    Kind.NETWORK,
                    facts,
                    "The gateway before " + asked.host() + " got no answer from the instance; a"
                            + " developer instance may have been reclaimed.");
        }
        return of(Kind.PROTOCOL, facts, asked.host() + " failed while it worked on the call.");
    }

    /** An answer that also says that nothing was done: a write is in no doubt. */
    static ServiceNowException undone(Kind kind, Facts facts, String sentence) {
        return ServiceNowException.noAnswer(kind, sentence, false, null).with(facts);
    }

    static ServiceNowException of(Kind kind, Facts facts, String sentence) {
        return new ServiceNowException(kind, sentence, facts);
    }

    private static String text(Facts facts) {
        return (facts.message() + " " + facts.detail()).toLowerCase(Locale.ROOT);
    }
}
