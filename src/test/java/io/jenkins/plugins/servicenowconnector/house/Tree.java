package io.jenkins.plugins.servicenowconnector.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with a project in it, real or made up for a test. Names in it are relative, with {@code /} on every system.
 *
 * @param root the folder that holds {@code Jenkinsfile}
 */
record Tree(Path root) {

    /** The package that everything of ours stands in. */
    static final String PACKAGE = "io.jenkins.plugins.servicenowconnector";

    /** The folder of that package below a source folder. */
    static final String FOLDER = PACKAGE.replace('.', '/');

    /** This project: where the build says, else the first folder above the current one that holds a Jenkinsfile. */
    static Tree ofThisProject() {
        String told = System.getProperty("tree");
        Path folder = Path.of(told == null ? "" : told).toAbsolutePath().normalize();
        while (!Files.exists(folder.resolve("Jenkinsfile"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("No folder with a Jenkinsfile here or above; give -Dtree=FOLDER.");
            }
        }
        return new Tree(folder);
    }

    /** Writes a file and gives this tree back. */
    Tree with(String name, String... lines) {
        try {
            Path file = path(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", lines) + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String name) {
        return root.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(path(name));
    }

    /** A file's text with plain line ends, whatever the checkout made of them. */
    String text(String name) {
        try {
            return new String(Files.readAllBytes(path(name)), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all files below a folder that end in a certain way, sorted; nothing that a build made. */
    List<String> files(String folder, String ending) {
        Path start = path(folder);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(start)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(ending))
                    .filter(name -> !name.matches("(.*/)?(target|\\.git)/.*|work/.*|\\.git"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is, or by git's rules would come, under version control; without git every file. */
    List<String> versioned() {
        if (has(".git")) {
            try {
                Process git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
                        .directory(root.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (git.waitFor() == 0) {
                    return Stream.of(names.split("\0"))
                            .filter(name -> Files.isRegularFile(path(name)))
                            .distinct()
                            .toList();
                }
            } catch (IOException noGit) {
                // then every file counts
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return files("", "");
    }
}
