package io.jenkins.plugins.servicenowconnector.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Tells from the operating system's own tables which process holds connections to a port (Linux only). */
public final class Sockets {

    private Sockets() {}

    /** Whether the process has an open connection to that port of this machine. */
    public static boolean areOpen(long pid, int port) throws IOException {
        Set<String> toPort = inodesTo(port);
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.map(Sockets::target).anyMatch(toPort::contains);
        }
    }

    private static Set<String> inodesTo(int port) throws IOException {
        String remote = String.format(Locale.ROOT, ":%04X", port);
        Set<String> inodes = new HashSet<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.trim().split("\\s+");
                if (columns.length > 9 && columns[2].endsWith(remote)) {
                    inodes.add("socket:[" + columns[9] + "]");
                }
            }
        }
        return inodes;
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            // closed in the meantime
            return "";
        }
    }
}
