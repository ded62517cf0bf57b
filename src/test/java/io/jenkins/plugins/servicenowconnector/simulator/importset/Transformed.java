package io.jenkins.plugins.servicenowconnector.simulator.importset;

import io.jenkins.plugins.servicenowconnector.simulator.table.Row;

/**
 * What one transform map made of one row.
 *
 * @param target the record that it led to; null if to none
 * @param errorMessage empty if all went well
 * @param statusMessage what a script of the map says
 */
public record Transformed(TransformMap map, String status, Row target, String errorMessage, String statusMessage) {

    static Transformed good(TransformMap map, String status, Row target) {
        return new Transformed(map, status, target, "", "");
    }

    static Transformed bad(TransformMap map, String status, String errorMessage, String statusMessage) {
        return new Transformed(map, status, null, errorMessage, statusMessage);
    }
}
