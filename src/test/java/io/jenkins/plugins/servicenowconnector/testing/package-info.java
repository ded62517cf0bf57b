/** What tests of the upper storey share: connectors with good defaults, Pipelines to run. */
package io.jenkins.plugins.servicenowconnector.testing;
