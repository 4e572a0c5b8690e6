//! facade
#![no_std]
