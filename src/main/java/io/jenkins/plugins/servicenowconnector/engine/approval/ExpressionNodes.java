package io.jenkins.plugins.servicenowconnector.engine.approval;

import java.util.Set;
import org.apache.commons.jexl3.parser.ASTAddNode;
import org.apache.commons.jexl3.parser.ASTAndNode;
import org.apache.commons.jexl3.parser.ASTArguments;
import org.apache.commons.jexl3.parser.ASTArrayAccess;
import org.apache.commons.jexl3.parser.ASTArrayLiteral;
import org.apache.commons.jexl3.parser.ASTEQNode;
import org.apache.commons.jexl3.parser.ASTEQSNode;
import org.apache.commons.jexl3.parser.ASTERNode;
import org.apache.commons.jexl3.parser.ASTEWNode;
import org.apache.commons.jexl3.parser.ASTEmptyFunction;
import org.apache.commons.jexl3.parser.ASTFalseNode;
import org.apache.commons.jexl3.parser.ASTGENode;
import org.apache.commons.jexl3.parser.ASTGTNode;
import org.apache.commons.jexl3.parser.ASTIdentifier;
import org.apache.commons.jexl3.parser.ASTIdentifierAccess;
import org.apache.commons.jexl3.parser.ASTJexlScript;
import org.apache.commons.jexl3.parser.ASTLENode;
import org.apache.commons.jexl3.parser.ASTLTNode;
import org.apache.commons.jexl3.parser.ASTMethodNode;
import org.apache.commons.jexl3.parser.ASTNENode;
import org.apache.commons.jexl3.parser.ASTNESNode;
import org.apache.commons.jexl3.parser.ASTNEWNode;
import org.apache.commons.jexl3.parser.ASTNRNode;
import org.apache.commons.jexl3.parser.ASTNSWNode;
import org.apache.commons.jexl3.parser.ASTNotNode;
import org.apache.commons.jexl3.parser.ASTNullLiteral;
import org.apache.commons.jexl3.parser.ASTNumberLiteral;
import org.apache.commons.jexl3.parser.ASTOrNode;
import org.apache.commons.jexl3.parser.ASTReference;
import org.apache.commons.jexl3.parser.ASTReferenceExpression;
import org.apache.commons.jexl3.parser.ASTSWNode;
import org.apache.commons.jexl3.parser.ASTSizeFunction;
import org.apache.commons.jexl3.parser.ASTStringLiteral;
import org.apache.commons.jexl3.parser.ASTTernaryNode;
import org.apache.commons.jexl3.parser.ASTTrueNode;
import org.apache.commons.jexl3.parser.ASTUnaryMinusNode;
import org.apache.commons.jexl3.parser.JexlNode;

/** The kinds of nodes that a condition needs; an expression with any other is refused. */
final class ExpressionNodes {

    /** Compared by class, because some kinds have heirs that do more, such as templates. */
    static final Set<Class<? extends JexlNode>> ALLOWED = Set.of(
            ASTJexlScript.class,
            ASTReference.class,
            ASTReferenceExpression.class,
            ASTIdentifier.class,
            ASTIdentifierAccess.class,
            ASTArrayAccess.class,
            ASTMethodNode.class,
            ASTArguments.class,
            ASTStringLiteral.class,
            ASTNumberLiteral.class,
            ASTTrueNode.class,
            ASTFalseNode.class,
            ASTNullLiteral.class,
            ASTArrayLiteral.class,
            ASTAndNode.class,
            ASTOrNode.class,
            ASTNotNode.class,
            ASTTernaryNode.class,
            ASTEQNode.class,
            ASTEQSNode.class,
            ASTNENode.class,
            ASTNESNode.class,
            ASTLTNode.class,
            ASTLENode.class,
            ASTGTNode.class,
            ASTGENode.class,
            ASTERNode.class,
            ASTNRNode.class,
            ASTSWNode.class,
            ASTNSWNode.class,
            ASTEWNode.class,
            ASTNEWNode.class,
            ASTAddNode.class,
            ASTUnaryMinusNode.class,
            ASTEmptyFunction.class,
            ASTSizeFunction.class);

    private ExpressionNodes() {}
}
