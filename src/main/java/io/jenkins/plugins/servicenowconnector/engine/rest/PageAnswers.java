package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says in a sentence why a page came where JSON was expected (servicenow-rest §7.5).
 *
 * <p>A page that says who sent it, the edge before a sleeping instance or the login, also says that nothing was done.
 */
final class PageAnswers {

    private static final Pattern OFFLINE = Pattern.compile("currently offline|maintenance");
    private static final Pattern LOGIN = Pattern.compile("login\\.do|user_password|\\blog in\\b");

    private PageAnswers() {}

    static ServiceNowException explain(Asked asked, Answer answer, Instant now) {
        Facts facts = asked.facts(answer, "", "");
        String page = answer.text().toLowerCase(Locale.ROOT);
        int status = answer.status();
        if (status == 401) {
            return ErrorAnswers.unauthenticated(asked, answer, facts);
        }
        if (status == 429) {
            return ErrorAnswers.rateLimited(asked, answer, facts, now);
        }
        // words alone do not count: any page of a proxy may hold them, and a page is a fault that passes
        if (status == 413 || status == 414 || status == 400 && page.contains("too large")) {
            return ErrorAnswers.tooLarge(asked, facts);
        }
        if (page.contains("hibernating")) {
            return ErrorAnswers.undone(
                    Kind.ASLEEP,
                    facts,
                    asked.host() + " hibernates: wake it up on ServiceNow's developer site, it takes a few minutes.");
        }
        if (OFFLINE.matcher(page).find()) {
            return ErrorAnswers.undone(
                    Kind.ASLEEP, facts, asked.host() + " is offline or in maintenance; it can be tried again later.");
        }
        return status >= 499 ? ErrorAnswers.failed(asked, status, facts) : otherPage(asked, status, facts, page);
    }

    private static ServiceNowException otherPage(Asked asked, int status, Facts facts, String page) {
        if (status / 100 == 3) {
            return ErrorAnswers.undone(
                    Kind.PROTOCOL,
                    facts,
                    asked.host() + " redirects to another page instead of answering; the connector's URL must be the"
                            + " instance's own address, and redirects are not followed.");
        }
        if (LOGIN.matcher(page).find()) {
            return ErrorAnswers.undone(
                    Kind.PROTOCOL,
                    facts,
                    asked.host() + " shows its login page instead of answering; check that the connector's URL is the"
                            + " instance's own address without a path to a page.");
        }
        return ErrorAnswers.of(
                Kind.PROTOCOL,
                facts,
                asked.host() + " did not answer with JSON; check that the connector's URL is that of a ServiceNow"
                        + " instance, and what a proxy in between does.");
    }
}
