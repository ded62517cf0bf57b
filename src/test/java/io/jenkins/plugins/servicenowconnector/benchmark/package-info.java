/** Measurements that anyone can run; none is a test. */
package io.jenkins.plugins.servicenowconnector.benchmark;
