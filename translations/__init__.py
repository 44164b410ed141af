"""Message catalogs: one folder a language, `zh_Hans/LC_MESSAGES/zhenqing.po`."""
