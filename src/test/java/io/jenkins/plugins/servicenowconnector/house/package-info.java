/**
 * What holds for the whole tree: checks on the files themselves, run with every build.
 *
 * <p>Each checker takes a {@link io.jenkins.plugins.servicenowconnector.house.Tree} and gives its findings, so that its test
 * can show both: this project has none, and a small wrong tree has the one expected.
 */
package io.jenkins.plugins.servicenowconnector.house;
