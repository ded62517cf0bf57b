package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldInput;
import java.time.Duration;
import java.util.List;

/**
 * How a deployment went, for the people who read its ticket.
 *
 * @param build what ran, such as {@code shop/deploy #12}
 * @param url where it can be seen; null or blank if Jenkins' address is not set
 * @param result such as {@code SUCCESS}; null if there is none yet
 * @param isOver whether that is what came of it; else it still runs, and may end in another way
 * @param duration how long it took, or has taken; null if unknown
 * @param changes what is new since the last success, newest first; empty if none or unknown
 * @param stages its parts in their order; empty if it has none
 */
public record DeploymentReport(
        String build,
        String url,
        String result,
        boolean isOver,
        Duration duration,
        List<Change> changes,
        List<Stage> stages) {

    /** A journal entry that is longer is shortened by some instances (servicenow-rest §1.8). */
    static final int LONGEST = 4000;

    private static final int LONGEST_PART = 200;
    private static final int LONGEST_URL = 1000;

    /** Kept free for the lines that say what was left out. */
    private static final int RESERVE = 60;

    /**
     * One change of the sources.
     *
     * @param id such as a commit's hash; may be empty
     * @param author may be empty
     * @param message its first line is shown
     */
    public record Change(String id, String author, String message) {}

    /**
     * One part of the deployment.
     *
     * @param duration null if unknown
     */
    public record Stage(String name, String result, Duration duration) {}

    public DeploymentReport {
        changes = List.copyOf(changes);
        stages = List.copyOf(stages);
    }

    /** The report as one work note of at most 4,000 characters; lists that do not fit end with how many are left out. */
    public String text() {
        StringBuilder text = new StringBuilder("Jenkins: ")
                .append(part(build, LONGEST_PART))
                .append(isOver ? " ended with " : result == null ? " has no result" : " has the result ")
                .append(part(result, LONGEST_PART))
                .append(isOver ? "" : " so far")
                .append(duration == null ? "." : (isOver ? " after " : ", after ") + time(duration) + ".");
        if (url != null && !url.isBlank()) {
            text.append('\n').append(part(url, LONGEST_URL));
        }
        // changes are what most readers ask for, so stages get half of what is left
        int forStages = text.length() + (LONGEST - text.length()) / (changes.isEmpty() ? 1 : 2);
        list(text, "Stages:", stages.stream().map(DeploymentReport::line).toList(), forStages);
        list(
                text,
                "Changes since the last success:",
                changes.stream().map(DeploymentReport::line).toList(),
                LONGEST);
        return FieldInput.withoutCode(text.toString());
    }

    private static void list(StringBuilder text, String title, List<String> lines, int end) {
        if (lines.isEmpty()) {
            return;
        }
        text.append("\n\n").append(title);
        int shown = 0;
        for (String line : lines) {
            boolean isLast = shown == lines.size() - 1;
            if (text.length() + 3 + line.length() + (isLast ? 0 : RESERVE) > end) {
                text.append("\n… and ").append(lines.size() - shown).append(" more");
                return;
            }
            text.append("\n- ").append(line);
            shown++;
        }
    }

    private static String line(Stage stage) {
        String took = stage.duration() == null ? "" : ", " + time(stage.duration());
        return part(stage.name(), LONGEST_PART) + ": " + part(stage.result(), LONGEST_PART) + took;
    }

    private static String line(Change change) {
        String id = part(change.id(), 12);
        String author = part(change.author(), 60);
        String who = (id + " " + author).strip();
        String what = part(change.message().strip().lines().findFirst().orElse(""), LONGEST_PART);
        return who.isEmpty() ? what : who + ": " + what;
    }

    /** One line of at most so many characters. */
    private static String part(String text, int longest) {
        String line =
                text == null ? "" : text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        if (line.length() <= longest) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return line.substring(0, end) + "…";
    }

    private static String time(Duration duration) {
        long seconds = Math.max(duration.toSeconds(), 0);
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
}
