-- What an entry is called in addresses.
SELECT lower(hex(sipHash64({key:String}))) AS id
