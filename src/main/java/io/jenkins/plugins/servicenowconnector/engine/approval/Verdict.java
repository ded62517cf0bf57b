package io.jenkins.plugins.servicenowconnector.engine.approval;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What criteria found in a ticket.
 *
 * @param criteria the criteria's name, such as {@code approvalCriteria}
 * @param met whether they hold
 * @param findings what each condition found, in the order in which they were given, the expression last
 */
public record Verdict(String criteria, boolean met, List<Finding> findings) implements Serializable {

    public Verdict {
        findings = List.copyOf(findings);
    }

    /** What is missing, a line for each condition; empty if the criteria are met. */
    public List<String> missing() {
        return met ? List.of() : lines(false);
    }

    /** What holds or what does not, on one line. */
    String reason() {
        return String.join("; ", lines(met));
    }

    private List<String> lines(boolean which) {
        return findings.stream()
                .filter(finding -> finding.met() == which)
                .map(Finding::described)
                .collect(Collectors.toUnmodifiableList());
    }
}
