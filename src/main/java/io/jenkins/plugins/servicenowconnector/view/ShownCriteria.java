package io.jenkins.plugins.servicenowconnector.view;

import io.jenkins.plugins.servicenowconnector.engine.approval.Finding;
import io.jenkins.plugins.servicenowconnector.engine.approval.Verdict;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What criteria found in a ticket, for views, which know getters only. */
@ExportedBean(defaultVisibility = 3)
public final class ShownCriteria {

    private final Verdict verdict;

    ShownCriteria(Verdict verdict) {
        this.verdict = verdict;
    }

    /** The parameter's name, such as {@code approvalCriteria}. */
    @Exported
    public String getName() {
        return verdict.criteria();
    }

    /** Whether they hold. */
    @Exported
    public boolean isMet() {
        return verdict.met();
    }

    /** Each condition in the order in which they were given. */
    @Exported
    public List<Line> getConditions() {
        return verdict.findings().stream().map(Line::new).toList();
    }

    /** What one condition found. */
    @ExportedBean(defaultVisibility = 4)
    public static final class Line {

        private final Finding finding;

        Line(Finding finding) {
            this.finding = finding;
        }

        /** The condition; for an expression the expression. */
        @Exported
        public String getCondition() {
            return finding.condition();
        }

        /** What the ticket has there; empty for an expression. */
        @Exported
        public String getFound() {
            return finding.found();
        }

        /** Whether it holds. */
        @Exported
        public boolean isMet() {
            return finding.met();
        }
    }
}
