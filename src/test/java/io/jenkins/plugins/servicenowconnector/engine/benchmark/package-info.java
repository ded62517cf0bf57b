/** What polling costs, measured on the engine alone: {@code bin/benchmark}. No class here is a test. */
package io.jenkins.plugins.servicenowconnector.engine.benchmark;
