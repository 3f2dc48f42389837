UPDATE ts_kv SET long_v = 3, dbl_v = NULL WHERE entity_id = 'e1' AND `key` = 7;
DELETE FROM ts_kv WHERE entity_id = 'e2';
