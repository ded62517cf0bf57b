package io.jenkins.plugins.servicenowconnector.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.TreeScanner;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Collects the sentences that a source can say to people. Where something is put in, such as a host's name,
 * {@link #GAP} stands.
 *
 * <p>Left out are texts that are compared or searched with, those of errors that only a programmer sees, and those by
 * which values are printed.
 */
final class Sentences extends TreeScanner<Void, Void> {

    /** What stands where anything may stand. */
    static final String GAP = "\0";

    /** One word alone names something, in a request or in a file. */
    private static final Pattern TWO_WORDS = Pattern.compile("\\p{L}\\S*[ " + GAP + "]+\\S*\\p{L}");

    /** What is done with texts that nobody is told. */
    private static final Set<String> NOT_SAID = Set.of(
            "compile",
            "contains",
            "endsWith",
            "equals",
            "equalsIgnoreCase",
            "log",
            "matches",
            "replace",
            "replaceAll",
            "replaceFirst",
            "split",
            "startsWith",
            "super");

    private static final Set<String> NOT_SAID_BY =
            Set.of("IllegalArgumentException", "IllegalStateException", "UncheckedIOException", "NamingThreadFactory");

    /** Puts together in {@code toString} what people read; all others only print themselves. */
    private static final String SAYS_ITSELF = "Facts";

    private final Set<String> found = new LinkedHashSet<>();
    private boolean saysItself;

    /** The sentences below a part of a source, in their order. */
    static Set<String> in(Tree tree) {
        Sentences sentences = new Sentences();
        sentences.scan(tree, null);
        return sentences.found;
    }

    @Override
    public Void visitAnnotation(AnnotationTree tree, Void nothing) {
        return null;
    }

    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
        boolean outside = saysItself;
        saysItself = tree.getSimpleName().contentEquals(SAYS_ITSELF);
        super.visitClass(tree, nothing);
        saysItself = outside;
        return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void nothing) {
        return tree.getName().contentEquals("toString") && !saysItself ? null : super.visitMethod(tree, nothing);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
        String name = tree.getMethodSelect().toString().replaceFirst("(?s).*\\.", "");
        return NOT_SAID.contains(name)
                ? scan(tree.getMethodSelect(), nothing)
                : super.visitMethodInvocation(tree, nothing);
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void nothing) {
        return NOT_SAID_BY.contains(tree.getIdentifier().toString()) ? null : super.visitNewClass(tree, nothing);
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void nothing) {
        return tree.getKind() == Kind.PLUS ? add(tree) : super.visitBinary(tree, nothing);
    }

    @Override
    public Void visitLiteral(LiteralTree tree, Void nothing) {
        return add(tree);
    }

    private Void add(ExpressionTree tree) {
        String text = text(tree);
        if (TWO_WORDS.matcher(text).find()) {
            found.add(text);
        }
        return null;
    }

    /** The text of an expression; what is in it beside texts is looked through for sentences of its own. */
    private String text(ExpressionTree tree) {
        if (tree instanceof BinaryTree sum && sum.getKind() == Kind.PLUS) {
            return text(sum.getLeftOperand()) + text(sum.getRightOperand());
        }
        if (tree instanceof ParenthesizedTree inner) {
            return text(inner.getExpression());
        }
        if (tree instanceof ConditionalExpressionTree choice) {
            scan(choice.getCondition(), null);
            return GAP + text(choice.getTrueExpression()) + GAP + text(choice.getFalseExpression()) + GAP;
        }
        if (tree instanceof LiteralTree literal && literal.getValue() instanceof String text) {
            return text;
        }
        if (!(tree instanceof LiteralTree)) {
            scan(tree, null);
        }
        return GAP;
    }
}
