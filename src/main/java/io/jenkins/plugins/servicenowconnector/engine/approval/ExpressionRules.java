package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.internal.ScriptVisitor;
import org.apache.commons.jexl3.parser.ASTArrayAccess;
import org.apache.commons.jexl3.parser.ASTArrayLiteral;
import org.apache.commons.jexl3.parser.ASTERNode;
import org.apache.commons.jexl3.parser.ASTIdentifier;
import org.apache.commons.jexl3.parser.ASTIdentifierAccess;
import org.apache.commons.jexl3.parser.ASTMethodNode;
import org.apache.commons.jexl3.parser.ASTNRNode;
import org.apache.commons.jexl3.parser.ASTNumberLiteral;
import org.apache.commons.jexl3.parser.ASTReference;
import org.apache.commons.jexl3.parser.ASTStringLiteral;
import org.apache.commons.jexl3.parser.ASTUnaryMinusNode;
import org.apache.commons.jexl3.parser.JexlNode;

/** What a parsed expression may consist of: only what is listed here. */
final class ExpressionRules extends ScriptVisitor {

    static final String TICKET = "ticket";

    private static final List<String> METHODS = List.of(
            "contains",
            "startsWith",
            "endsWith",
            "equalsIgnoreCase",
            "toLowerCase",
            "toUpperCase",
            "trim",
            "length",
            "isEmpty");

    /** The first rule that is broken, on its way out of JEXL's visitor, which knows no checked exceptions. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String what) {
            super(what, null, false, false);
        }
    }

    private final Set<String> fields = new LinkedHashSet<>();
    private int depth;

    private ExpressionRules() {}

    /**
     * Checks an expression.
     *
     * @return the names of the fields it reads
     * @throws ServiceNowException bad input, if it breaks a rule
     */
    static Set<String> check(String where, JexlExpression expression) throws ServiceNowException {
        ExpressionRules rules = new ExpressionRules();
        try {
            rules.visitExpression(expression, null);
        } catch (Broken e) {
            throw ServiceNowException.badInput(where, e.getMessage());
        }
        return Collections.unmodifiableSet(rules.fields);
    }

    @Override
    protected Object visitNode(JexlNode node, Object extra) {
        if (++depth > ExpressionText.DEEPEST) {
            throw broken(node, "is nested more than " + ExpressionText.DEEPEST + " levels deep");
        }
        if (!ExpressionNodes.ALLOWED.contains(node.getClass())) {
            throw broken(node, "uses something that conditions do not need");
        }
        checkKind(node);
        super.visitNode(node, extra);
        depth--;
        return extra;
    }

    private void checkKind(JexlNode node) {
        if (node instanceof ASTReference) {
            checkReference(node);
        } else if (node instanceof ASTIdentifier && !(node.jjtGetParent() instanceof ASTReference)) {
            throw broken(node, unknown((ASTIdentifier) node));
        } else if (node instanceof ASTMethodNode) {
            checkMethod(node);
        } else if (node instanceof ASTArrayLiteral) {
            checkConstants(node);
        } else if (node instanceof ASTERNode || node instanceof ASTNRNode) {
            checkList(node.jjtGetChild(1));
        } else if (node instanceof ASTNumberLiteral number && !isPlain(number.getLiteral())) {
            throw broken(node, "has a number of a kind that conditions do not need");
        }
    }

    /** What begins with ticket must go on with field, then kind; all else may only be followed by method calls. */
    private void checkReference(JexlNode reference) {
        int methods = 1;
        if (reference.jjtGetChild(0) instanceof ASTIdentifier first) {
            fields.add(field(reference, first));
            methods = 3;
        }
        for (int i = methods; i < reference.jjtGetNumChildren(); i++) {
            if (!(reference.jjtGetChild(i) instanceof ASTMethodNode)) {
                throw broken(
                        reference.jjtGetChild(i),
                        "goes on after .value or .displayValue; a dotted field is written ticket.'cmdb_ci.name'.value");
            }
        }
    }

    private String field(JexlNode reference, ASTIdentifier first) {
        if (!first.getName().equals(TICKET)) {
            throw broken(first, unknown(first));
        }
        String name = key(reference, 1);
        String kind = key(reference, 2);
        if (!FieldName.isName(name)) {
            throw broken(first, "reads " + OneLine.quoted(name) + ", which is no field's name");
        }
        if (!kind.equals("value") && !kind.equals("displayValue")) {
            throw broken(
                    first,
                    "reads ticket." + name + "." + kind + ": say ticket." + name + ".value or ticket." + name
                            + ".displayValue, for a dotted field ticket.'" + name + "." + kind + "'.value");
        }
        return name;
    }

    private String key(JexlNode reference, int position) {
        JexlNode part = position < reference.jjtGetNumChildren() ? reference.jjtGetChild(position) : null;
        if (part != null && part.getClass() == ASTIdentifierAccess.class) {
            return ((ASTIdentifierAccess) part).getName();
        }
        if (part instanceof ASTArrayAccess && part.jjtGetNumChildren() == 1) {
            if (part.jjtGetChild(0) instanceof ASTStringLiteral literal) {
                return literal.getLiteral();
            }
            throw broken(part, "computes the name of a field; name it, so that ServiceNow can be asked for it");
        }
        throw broken(reference, "must read fields as ticket.state.value or ticket.state.displayValue");
    }

    private void checkMethod(JexlNode call) {
        boolean known = call.jjtGetChild(0).getClass() == ASTIdentifierAccess.class
                && METHODS.contains(((ASTIdentifierAccess) call.jjtGetChild(0)).getName());
        if (!known) {
            throw broken(call, "calls a method other than " + String.join(", ", METHODS));
        }
    }

    private void checkList(JexlNode node) {
        if (!(node instanceof ASTArrayLiteral)) {
            throw broken(node, "needs a list such as ['a', 'b'] on the right of =~ or !~");
        }
    }

    private void checkConstants(JexlNode list) {
        for (int i = 0; i < list.jjtGetNumChildren(); i++) {
            JexlNode item = list.jjtGetChild(i);
            JexlNode constant = item instanceof ASTUnaryMinusNode ? item.jjtGetChild(0) : item;
            if (!(constant instanceof ASTStringLiteral || constant instanceof ASTNumberLiteral)) {
                throw broken(item, "has a list with something other than texts or numbers");
            }
        }
    }

    private static boolean isPlain(Object number) {
        return number instanceof Integer || number instanceof Long || number instanceof Double;
    }

    private static String unknown(ASTIdentifier identifier) {
        return "names " + OneLine.quoted(identifier.getName()) + "; only ticket is known here, and texts need quotes";
    }

    private static Broken broken(JexlNode node, String what) {
        return new Broken(what + " (line " + node.jexlInfo().getLine() + ", column "
                + node.jexlInfo().getColumn() + ").");
    }
}
