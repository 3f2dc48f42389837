package io.iotdbmigrate.flink.cluster;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** How Flink makes {@link LocalMetrics}; it is found as a service. */
public final class LocalMetricsFactory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new LocalMetrics();
    }
}
