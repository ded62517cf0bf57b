package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells apart what ServiceNow answers with the same 403: only {@code error.detail} separates the causes (§1.9, §6.6, §8). */
public final class Refusals {

    /** The first one whose words appear in ServiceNow's text says why. */
    private static final List<Refusal> KNOWN = List.of(
            new Refusal(
                    "an access rule refuses it. The account needs the rights for this table and operation",
                    "acl exception"),
            new Refusal(
                    "a business rule of the instance stopped it. ServiceNow names the rule; for 'Check State"
                            + " Transition' the ticket cannot move to that state from where it is",
                    "aborted by business rule"),
            new Refusal(
                    "mandatory fields are missing. ServiceNow names them by their labels; a value that is not among a"
                            + " field's choices counts as missing too",
                    "data policy"),
            new Refusal(
                    "the access token lacks the scope for this interface. Link the scope to the application in"
                            + " ServiceNow's registry",
                    "api access scope"),
            new Refusal(
                    "the access token has no scope at all. Make the application in ServiceNow's registry broadly"
                            + " scoped, or link the scope 'useraccount'",
                    "unscoped api"),
            new Refusal(
                    "the account may not use the REST interface. It needs the role snc_platform_rest_api_access",
                    "api level acl"),
            new Refusal(
                    "the account may not query by one of the fields asked for. Give it read access to them",
                    "insufficient rights to query"));

    private Refusals() {}

    /**
     * Whether ServiceNow says why it refuses a call. A 403 that does not can follow a write that was stored, when the account
     * may not read what it wrote (KB2697679).
     */
    public static boolean isExplained(Facts facts) {
        return known(facts).isPresent();
    }

    /**
     * Whether ServiceNow refuses a record because its key is there already. No source shows the answer (servicenow-rest §1.1
     * [?]); these are the words that its databases use, whatever the status.
     */
    public static boolean isDuplicate(Facts facts) {
        String said = (facts.message() + " " + facts.detail()).toLowerCase(Locale.ROOT);
        return said.contains("unique key violation")
                || said.contains("duplicate entry")
                || said.contains("duplicate key");
    }

    private static Optional<String> known(Facts facts) {
        String said = (facts.message() + " " + facts.detail()).toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(refusal -> said.contains(refusal.words))
                .map(Refusal::sentence)
                .findFirst();
    }

    static ServiceNowException explain(Asked asked, Facts facts) {
        String cause = known(facts)
                .orElse("the account lacks a right, or an access policy or machine-identity rule of the instance keeps"
                        + " it out");
        String action = asked.method().isRead() ? "reading from" : "writing to";
        return new ServiceNowException(
                Kind.FORBIDDEN, asked.host() + " refuses " + action + " " + asked.table() + ": " + cause + ".", facts);
    }

    /** A cause with the words of ServiceNow that show it. */
    private record Refusal(String sentence, String words) {}
}
