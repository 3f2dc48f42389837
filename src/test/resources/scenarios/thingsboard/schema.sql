CREATE TABLE ts_kv (
  entity_id CHAR(36) NOT NULL, `key` INT NOT NULL, ts BIGINT NOT NULL, bool_v BOOLEAN,
  str_v VARCHAR(1000), long_v BIGINT, dbl_v DOUBLE, json_v JSON, PRIMARY KEY (entity_id, `key`, ts));
INSERT INTO ts_kv (entity_id, `key`, ts, dbl_v) VALUES ('e1', 7, 1, 0.5);
INSERT INTO ts_kv (entity_id, `key`, ts, bool_v) VALUES ('e1', 8, 1, TRUE);
INSERT INTO ts_kv (entity_id, `key`, ts, str_v) VALUES ('e2', 7, 2, 'x');
INSERT INTO ts_kv (entity_id, `key`, ts, dbl_v) VALUES ('e1', 9, 1, 2.5), ('e1', 7, 2, 1.5);
