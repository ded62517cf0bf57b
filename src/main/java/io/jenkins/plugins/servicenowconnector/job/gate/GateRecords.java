package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.Util;
import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The records of items that wait at gates, one small file each.
 *
 * <p>They do not rely on Jenkins' own file of its queue, which is written up to a minute late.
 */
final class GateRecords {

    private static final Logger LOGGER = Logger.getLogger(GateRecords.class.getName());

    private static final String ENDING = ".xml";

    private GateRecords() {}

    private static File folder() {
        return new File(Jenkins.get().getRootDir(), "servicenow-gates");
    }

    private static XmlFile file(String id) {
        return new XmlFile(Jenkins.XSTREAM2, new File(folder(), id + ENDING));
    }

    /** Writes a record; it is on disk when this returns. */
    static void save(GateRecord record) throws IOException {
        synchronized (record) {
            file(record.id()).write(record);
        }
    }

    /** The record of that id; null if there is none, or it cannot be read. */
    static GateRecord load(String id) {
        XmlFile file = file(id);
        try {
            return file.exists() ? (GateRecord) file.read() : null;
        } catch (IOException | ClassCastException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
            return null;
        }
    }

    /** All that there are. */
    static List<GateRecord> all() {
        List<GateRecord> all = new ArrayList<>();
        for (String name : Util.fixNull(folder().list(), new String[0])) {
            GateRecord record = name.endsWith(ENDING) ? load(name.substring(0, name.length() - ENDING.length())) : null;
            if (record != null) {
                all.add(record);
            }
        }
        return all;
    }

    /**
     * Has the records follow jobs and folders to their new full names.
     *
     * @param names the new full names by the old ones, in the order in which they changed
     * @param others the ids of records that somebody holds in memory, and writes himself
     */
    static void move(Map<String, String> names, Set<String> others) {
        synchronized (GateRecords.class) {
            for (GateRecord record : all()) {
                boolean isMoved = false;
                for (Map.Entry<String, String> name : names.entrySet()) {
                    isMoved |= !others.contains(record.id()) && record.moves(name.getKey(), name.getValue());
                }
                if (isMoved) {
                    write(record);
                }
            }
        }
    }

    private static void write(GateRecord record) {
        try {
            save(record);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the record of an item of " + record.job() + " cannot be written");
        }
    }

    /** Forgets a record. */
    static void delete(GateRecord record) {
        try {
            synchronized (GateRecords.class) {
                Files.deleteIfExists(file(record.id()).getFile().toPath());
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the record " + record.id() + " of a gate cannot be deleted");
        }
    }
}
