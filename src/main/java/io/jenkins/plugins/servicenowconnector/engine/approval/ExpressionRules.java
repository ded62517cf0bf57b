package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.internal.ScriptVisitor;
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

    private static final String READ =
            "ticket.state.value or ticket.state.displayValue, dotted ticket.'cmdb_ci.name'.value";

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

    private final String jexl;
    private final Set<String> fields = new LinkedHashSet<>();
    private int depth;

    private ExpressionRules(String jexl) {
        this.jexl = jexl;
    }

    /**
     * Checks an expression.
     *
     * @param jexl its text as {@link ExpressionText#read} gave it, for places
     * @return the names of the fields it reads
     * @throws ServiceNowException bad input, if it breaks a rule
     */
    static Set<String> check(String where, String jexl, JexlExpression expression) throws ServiceNowException {
        ExpressionRules rules = new ExpressionRules(jexl);
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
        List<String> path = new ArrayList<>();
        boolean methods = false;
        for (int i = 1; i < reference.jjtGetNumChildren(); i++) {
            JexlNode part = reference.jjtGetChild(i);
            methods |= part instanceof ASTMethodNode;
            if (!methods) {
                addKeys(path, part);
            } else if (!(part instanceof ASTMethodNode)) {
                throw broken(part, "goes on after a method's brackets");
            }
        }
        if (reference.jjtGetChild(0) instanceof ASTIdentifier first) {
            fields.add(field(first, path));
        } else if (!path.isEmpty()) {
            throw broken(
                    reference, "reads " + OneLine.quoted(path.get(0)) + " of something other than ticket. " + READ);
        }
    }

    private void addKeys(List<String> path, JexlNode part) {
        if (part.getClass() == ASTIdentifierAccess.class) {
            path.add(((ASTIdentifierAccess) part).getName());
        }
        for (int i = 0; i < part.jjtGetNumChildren(); i++) {
            if (!(part.jjtGetChild(i) instanceof ASTStringLiteral literal)) {
                throw broken(part, "computes the name of a field; name it, so that ServiceNow can be asked for it");
            }
            path.add(literal.getLiteral());
        }
    }

    private String field(ASTIdentifier first, List<String> path) {
        if (!first.getName().equals(TICKET)) {
            throw broken(first, unknown(first));
        }
        String kind = path.isEmpty() ? "" : path.get(path.size() - 1);
        boolean whole = kind.equals("value") || kind.equals("displayValue");
        if (path.size() != 2 || !whole) {
            List<String> names = whole ? path.subList(0, path.size() - 1) : path;
            String dotted = names.size() < 2 ? "" : ", here ticket.'" + String.join(".", names) + "'.value";
            throw broken(first, "reads a field otherwise than as " + READ + dotted);
        }
        if (!FieldName.isName(path.get(0))) {
            throw broken(first, "reads " + OneLine.quoted(path.get(0)) + ", which is no field's name");
        }
        return path.get(0);
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
        if (identifier.getName().equals(TICKET)) {
            return "reads the ticket as a whole; say " + READ;
        }
        return "names " + OneLine.quoted(identifier.getName()) + "; only ticket is known here, and texts need quotes";
    }

    private Broken broken(JexlNode node, String what) {
        return new Broken(what + " (" + ExpressionText.place(jexl, node.jexlInfo()) + ").");
    }
}
