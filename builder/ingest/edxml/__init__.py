"""Packets of document exchange, QCVN 102:2016/BTTTT (edXML): read, unpacked, made drafts."""
