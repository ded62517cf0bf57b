package io.jenkins.plugins.servicenowconnector.engine.approval;

import java.util.Map;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlInfo;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/** JEXL as conditions need it: the least of its language, its tightest permissions. */
final class ExpressionEngine {

    /** Expressions are mostly shared by all builds of a job, so that a wait itself need not keep the parsed form. */
    private static final int CACHED = 256;

    private static final JexlEngine JEXL = new JexlBuilder()
            .features(JexlFeatures.createNone()
                    .methodCall(true)
                    .structuredLiteral(true)
                    .comparatorNames(true)
                    .arrayReferenceExpr(true))
            .permissions(JexlPermissions.SECURE)
            .arithmetic(new ExpressionArithmetic())
            .strict(true)
            .safe(false)
            .silent(false)
            .antish(false)
            .cancellable(true)
            .debug(false)
            .cache(CACHED)
            .cacheThreshold(ExpressionText.LONGEST)
            .create();

    static {
        // the first run loads so many classes that on a busy machine it alone can take longer than any may
        compile("ticket.a.value.contains('x') || ticket.a.value + 'x' =~ ['y', 1] || 2 < 1 || !('x' =^ 'x')")
                .evaluate(new MapContext(Map.of(ExpressionRules.TICKET, Map.of("a", Map.of("value", "")))));
    }

    private ExpressionEngine() {}

    /** Parses what {@link ExpressionText} let through; what was parsed lately is at hand. */
    static JexlExpression compile(String jexl) {
        return JEXL.createExpression(new JexlInfo("expression", 1, 1), jexl);
    }
}
