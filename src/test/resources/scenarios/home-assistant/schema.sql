CREATE TABLE states_meta (metadata_id BIGINT PRIMARY KEY, entity_id VARCHAR(255));
CREATE TABLE states (
  state_id BIGINT AUTO_INCREMENT PRIMARY KEY, metadata_id BIGINT, state VARCHAR(255),
  last_updated_ts DOUBLE, KEY (metadata_id, last_updated_ts));
CREATE TABLE statistics (
  id BIGINT AUTO_INCREMENT PRIMARY KEY, metadata_id BIGINT, start_ts DOUBLE, mean DOUBLE, max DOUBLE,
  sum DOUBLE, UNIQUE KEY (metadata_id, start_ts));
INSERT INTO states_meta VALUES (1, 'sensor.kitchen_temperature'), (2, 'sensor.heat_meter');
INSERT INTO states (metadata_id, state, last_updated_ts) VALUES
  (1, '21.5', 1767225600.123), (1, 'unavailable', 1767225601.001999), (1, '22', 1767225602.57),
  (1, '22.5', 1767225602.570999), (1, '0x10', 1767225603.29), (1, 'NaN', 1767225604),
  (1, '1,000', 1767225605), (1, ' -.5e1 ', 1767225606), (1, '1', NULL), (1, '9', 1e300),
  (1, '8', 10000000001);
INSERT INTO statistics (metadata_id, start_ts, mean, max, sum) VALUES
  (1, 1767225600, 21.25, 22.5, NULL), (2, 1767225600, NULL, NULL, 1204.5);
