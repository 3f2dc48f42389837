UPDATE ts_kv SET long_v = 3, dbl_v = NULL WHERE entity_id = 'e1' AND `key` = 7 AND ts = 1;
DELETE FROM ts_kv WHERE entity_id = 'e2';
UPDATE ts_kv SET `key` = 10 WHERE `key` = 9;
INSERT INTO ts_kv (entity_id, `key`, ts, str_v) VALUES ('e3', 7, 3, 'on');
