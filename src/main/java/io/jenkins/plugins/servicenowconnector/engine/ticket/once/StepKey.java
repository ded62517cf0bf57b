package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

/**
 * Where a step stands in its program: the blocks around it from the outside in, each with the number of earlier ones of its
 * name in the same body, then the step's own number in its body.
 *
 * <p>Two steps of one program never have the same text, whatever their blocks are called.
 *
 * @param text such as {@code Deploy[0]/eu[1]/[2]}; in names {@code \ / [ ]} stand behind a backslash
 */
public record StepKey(String text) {

    /** Outside of all blocks. */
    public static final StepKey OUTERMOST = new StepKey("");

    /**
     * The same place, one block further in.
     *
     * @param name the name of the stage or branch, else of the step that has the block
     * @param earlier how many blocks of that name came before it in the same body
     */
    public StepKey in(String name, int earlier) {
        return new StepKey(text + name.replaceAll("[\\\\/\\[\\]]", "\\\\$0") + "[" + earlier + "]/");
    }

    /** The step itself, with the number of those before it in the same body. */
    public StepKey at(int earlier) {
        return new StepKey(text + "[" + earlier + "]");
    }
}
