package io.jenkins.plugins.servicenowconnector.house;

import java.util.ArrayList;
import java.util.List;

/**
 * Which room may use which: only those on a lower floor, so that there are no circles.
 *
 * <p>It reads the sources, so it also covers rooms that cannot be compiled where Jenkins cannot be had, and constants and
 * annotations, of which a class file keeps nothing.
 */
final class Arrows {

    /** The engine's rooms from the top floor down. */
    static final List<String> ENGINE = List.of("poll", "approval", "ticket", "rest", "auth", "http");

    private static final List<List<String>> FLOORS = floors();

    private Arrows() {}

    static List<String> findings(Tree tree) {
        List<String> findings = new ArrayList<>();
        for (JavaSource source : JavaSource.below(tree, "src/main/java")) {
            String from = room(source.packageName());
            if (floor(from) < 0) {
                findings.add(source.name() + ": " + source.packageName() + " is in no room of the house");
                continue;
            }
            for (String used : source.uses()) {
                String to = used.startsWith(Tree.PACKAGE + ".") ? room(used) : from;
                if (!to.equals(from) && floor(to) <= floor(from)) {
                    findings.add(source.name() + ": " + from + " may not use " + to + " (" + used + ")");
                }
            }
        }
        return findings;
    }

    /** The room of a package or class: the first part of its name below ours; in the engine the first two. */
    private static String room(String name) {
        if (!name.startsWith(Tree.PACKAGE + ".")) {
            return "";
        }
        String[] parts = name.substring(Tree.PACKAGE.length() + 1).split("\\.");
        boolean inEngineRoom =
                parts[0].equals("engine") && parts.length > 1 && Character.isLowerCase(parts[1].charAt(0));
        return inEngineRoom ? "engine." + parts[1] : parts[0];
    }

    private static int floor(String room) {
        for (int i = 0; i < FLOORS.size(); i++) {
            if (FLOORS.get(i).contains(room)) {
                return i;
            }
        }
        return -1;
    }

    private static List<List<String>> floors() {
        List<List<String>> floors = new ArrayList<>();
        floors.add(List.of("freestyle", "job"));
        List.of("step", "view", "wait", "connector", "agent").forEach(room -> floors.add(List.of(room)));
        ENGINE.forEach(room -> floors.add(List.of("engine." + room)));
        // what stands in the engine's own package is for all of its rooms
        floors.add(List.of("engine"));
        return floors;
    }
}
