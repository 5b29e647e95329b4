/** Hashes of crypt_blowfish's own tests, with their passwords: quick to check, and not made here. */
export const BCRYPT_5 = {
  hash: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
  password: "U*U",
};

/** Another one. */
export const BCRYPT_5_OTHER = {
  hash: "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
  password: "U*U*U",
};

/** From Okta's article on importing users with bcrypt. */
export const BCRYPT_10 = {
  hash: "$2a$10$qRRx8rli7Lvs2h2CNgCQ2OmVA2NDdomRGoGFrAXDZcno0OZ6CoOU2",
  password: "P@ssword123456",
};

/** From Okta's blog: SHA-512, the salt behind the password. */
export const OKTA_SHA512 = {
  hash: {
    algorithm: "SHA-512",
    salt: "VzHtB0PqQ6g=",
    saltOrder: "POSTFIX",
    value:
      "t/i79LqHziKGcgE8xznR3QdOB/4PHSJu6ZuGjLYOQPU/XMwqFQ2EuPhxHJdnw6MZX/rIXELLpAQJoDpuu4oD0w==",
  },
  password: "test password",
};
