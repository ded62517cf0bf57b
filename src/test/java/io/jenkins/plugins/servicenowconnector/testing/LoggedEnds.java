package io.jenkins.plugins.servicenowconnector.testing;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often the waits of a build ended, by the lines that its log has of their decisions.
 *
 * <p>Pipeline does not store the end of a step at once, so that a wait may have to end again after a restart of Jenkins. In one
 * life it ends once.
 *
 * @param all the ends in all lives
 * @param twiceInALife those of them by which a wait ended in one life though it had ended in it before
 */
public record LoggedEnds(int all, int twiceInALife) {

    private static final Pattern END = Pattern.compile("(?:approved|rejected|finished): (CHG[0-9]+) ");

    private static final String NEXT_LIFE = "Resuming build at ";

    /** Counts them in a build's log. */
    public static LoggedEnds in(String log) {
        int all = 0;
        int twice = 0;
        for (String life : log.split(NEXT_LIFE)) {
            Set<String> ended = new HashSet<>();
            for (Matcher end = END.matcher(life); end.find(); all++) {
                twice += ended.add(end.group(1)) ? 0 : 1;
            }
        }
        return new LoggedEnds(all, twice);
    }

    /** Those of two builds together. */
    public LoggedEnds and(LoggedEnds more) {
        return new LoggedEnds(all + more.all, twiceInALife + more.twiceInALife);
    }
}
