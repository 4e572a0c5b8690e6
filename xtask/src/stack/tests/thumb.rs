//! What `llvm-objdump` prints of small programs for Cortex-M at opt-level 2.
//!
//! ```ignore
//! fn leaf(n: u32) -> u32 { let mut a = [n; 8]; black_box(&mut a); a[1] }
//! fn middle(n: u32) -> u32 { leaf(n) + 1 }
//! ```

/// `let mut a = [n; 2]; black_box(&mut a); middle(a[0]) + a[1]`
pub const NESTED: &str = "\
thumbv7em-none-eabihf-nested:	file format elf32-littlearm
start address: 0x000200e5

SYMBOL TABLE:
000200e4 l       .text	00000000 $t
00020102 l       .text	00000000 $t
00020124 l       .text	00000000 $t
000200e4 g     F .text	0000001e _start
00020102 g     F .text	00000022 leaf
00020124 g     F .text	0000000c middle

Disassembly of section .text:

000200e4 <_start>:
   200e4:	push	{r7, lr}
   200e6:	mov	r7, sp
   200e8:	sub	sp, #0x10
   200ea:	strd	r0, r0, [sp, #4]
   200ee:	add	r0, sp, #0x4
   200f0:	str	r0, [sp, #0xc]
   200f2:	add	r0, sp, #0xc
   200f4:	ldr	r0, [sp, #0x4]
   200f6:	bl	0x20124 <middle>        @ imm = #0x2a
   200fa:	ldr	r1, [sp, #0x8]
   200fc:	add	r0, r1
   200fe:	add	sp, #0x10
   20100:	pop	{r7, pc}

00020102 <leaf>:
   20102:	push	{r7, lr}
   20104:	mov	r7, sp
   20106:	sub	sp, #0x24
   20108:	strd	r0, r0, [sp, #24]
   2010c:	strd	r0, r0, [sp, #16]
   20110:	strd	r0, r0, [sp, #8]
   20114:	strd	r0, r0, [sp]
   20118:	mov	r0, sp
   2011a:	str	r0, [sp, #0x20]
   2011c:	add	r0, sp, #0x20
   2011e:	ldr	r0, [sp, #0x4]
   20120:	add	sp, #0x24
   20122:	pop	{r7, pc}

00020124 <middle>:
   20124:	push	{r7, lr}
   20126:	mov	r7, sp
   20128:	bl	0x20102 <leaf>          @ imm = #-0x2a
   2012c:	adds	r0, #0x1
   2012e:	pop	{r7, pc}
";

/// `if n == 0 { 1 } else { black_box(_start(n - 1)) + _start(n / 2) }`
pub const RECURSION: &str = "\
thumbv7em-none-eabihf-recursion:	file format elf32-littlearm
start address: 0x000200e5

SYMBOL TABLE:
000200e4 l       .text	00000000 $t
000200e4 g     F .text	0000002a _start

Disassembly of section .text:

000200e4 <_start>:
   200e4:	cmp	r0, #0x0
   200e6:	itt	eq
   200e8:	moveq	r0, #0x1
   200ea:	bxeq	lr
   200ec:	push	{r4, r5, r7, lr}
   200ee:	add	r7, sp, #0x8
   200f0:	sub	sp, #0x8
   200f2:	subs	r1, r0, #0x1
   200f4:	mov	r4, r0
   200f6:	mov	r0, r1
   200f8:	bl	0x200e4 <_start>        @ imm = #-0x18
   200fc:	str	r0, [sp, #0x4]
   200fe:	add	r0, sp, #0x4
   20100:	lsrs	r0, r4, #0x1
   20102:	ldr	r5, [sp, #0x4]
   20104:	bl	0x200e4 <_start>        @ imm = #-0x24
   20108:	add	r0, r5
   2010a:	add	sp, #0x8
   2010c:	pop	{r4, r5, r7, pc}
";

/// `f(3) + 1`
pub const INDIRECT: &str = "\
thumbv7em-none-eabihf-indirect:	file format elf32-littlearm
start address: 0x000200e5

SYMBOL TABLE:
000200e4 l       .text	00000000 $t
000200e4 g     F .text	0000000e _start

Disassembly of section .text:

000200e4 <_start>:
   200e4:	push	{r7, lr}
   200e6:	mov	r7, sp
   200e8:	mov	r1, r0
   200ea:	movs	r0, #0x3
   200ec:	blx	r1
   200ee:	adds	r0, #0x1
   200f0:	pop	{r7, pc}
";

/// `f(3)`
pub const INDIRECT_TAIL: &str = "\
thumbv7em-none-eabihf-indirect_tail:	file format elf32-littlearm
start address: 0x000200e5

SYMBOL TABLE:
000200e4 l       .text	00000000 $t
000200e4 g     F .text	0000000e _start

Disassembly of section .text:

000200e4 <_start>:
   200e4:	push	{r7, lr}
   200e6:	mov	r7, sp
   200e8:	mov	r1, r0
   200ea:	movs	r0, #0x3
   200ec:	pop.w	{r7, lr}
   200f0:	bx	r1
";

/// `opaque(x) + opaque(y) * x`, where `opaque` is `black_box`
pub const FLOATS: &str = "\
thumbv7em-none-eabihf-float:	file format elf32-littlearm
start address: 0x000200e5

SYMBOL TABLE:
000200e4 l       .text	00000000 $t
00020112 l       .text	00000000 $t
000200e4 g     F .text	0000002e _start
00020112 g     F .text	00000010 opaque

Disassembly of section .text:

000200e4 <_start>:
   200e4:	push	{r7, lr}
   200e6:	mov	r7, sp
   200e8:	vpush	{d8, d9, d10}
   200ec:	vmov.f32	s16, s1
   200f0:	vmov.f32	s18, s0
   200f4:	bl	0x20112 <opaque>        @ imm = #0x1a
   200f8:	vmov.f32	s20, s0
   200fc:	vmov.f32	s0, s16
   20100:	bl	0x20112 <opaque>        @ imm = #0xe
   20104:	vmla.f32	s20, s18, s0
   20108:	vmov.f32	s0, s20
   2010c:	vpop	{d8, d9, d10}
   20110:	pop	{r7, pc}

00020112 <opaque>:
   20112:	push	{r7, lr}
   20114:	mov	r7, sp
   20116:	vpush	{s0}
   2011a:	mov	r0, sp
   2011c:	vpop	{s0}
   20120:	pop	{r7, pc}
";

/// A `match` of six numbers; its first case ends with a jump to `leaf`.
pub const CASES: &str = "\
thumbv7em-none-eabihf-cases:	file format elf32-littlearm
start address: 0x000200e5

SYMBOL TABLE:
000200e4 l       .text	00000000 $t
000200f0 l       .text	00000000 $d
000200f6 l       .text	00000000 $t
0002013a l       .text	00000000 $t
0002015c l       .text	00000000 $t
000200e4 g     F .text	00000056 _start
0002013a g     F .text	00000022 leaf
0002015c g     F .text	0000000c middle

Disassembly of section .text:

000200e4 <_start>:
   200e4:	push	{r7, lr}
   200e6:	mov	r7, sp
   200e8:	cmp	r0, #0x5
   200ea:	bhi	0x20136 <_start+0x52>   @ imm = #0x48
   200ec:	tbb	[pc, r0]
   200f0: 03 18 0e 13  	.word	0x130e1803
   200f4: 08 1e	.short	0x1e08
   200f6:	movs	r0, #0x2
   200f8:	pop.w	{r7, lr}
   200fc:	b.w	0x2013a <leaf>          @ imm = #0x3a
   20100:	movs	r0, #0x4
   20102:	bl	0x2013a <leaf>          @ imm = #0x34
   20106:	eor	r0, r0, #0x3
   2010a:	pop	{r7, pc}
   2010c:	movs	r0, #0x2
   2010e:	bl	0x2015c <middle>        @ imm = #0x4a
   20112:	adds	r0, #0x5
   20114:	pop	{r7, pc}
   20116:	movs	r0, #0x3
   20118:	bl	0x2013a <leaf>          @ imm = #0x1e
   2011c:	adds	r0, #0x7
   2011e:	pop	{r7, pc}
   20120:	movs	r0, #0x1
   20122:	bl	0x2013a <leaf>          @ imm = #0x14
   20126:	add.w	r0, r0, r0, lsl #1
   2012a:	pop	{r7, pc}
   2012c:	movs	r0, #0x2
   2012e:	bl	0x2015c <middle>        @ imm = #0x2a
   20132:	adds	r0, #0x1
   20134:	pop	{r7, pc}
   20136:	movs	r0, #0x9
   20138:	pop	{r7, pc}

0002013a <leaf>:
   2013a:	push	{r7, lr}
   2013c:	mov	r7, sp
   2013e:	sub	sp, #0x24
   20140:	strd	r0, r0, [sp, #24]
   20144:	strd	r0, r0, [sp, #16]
   20148:	strd	r0, r0, [sp, #8]
   2014c:	strd	r0, r0, [sp]
   20150:	mov	r0, sp
   20152:	str	r0, [sp, #0x20]
   20154:	add	r0, sp, #0x20
   20156:	ldr	r0, [sp, #0x4]
   20158:	add	sp, #0x24
   2015a:	pop	{r7, pc}

0002015c <middle>:
   2015c:	push	{r7, lr}
   2015e:	mov	r7, sp
   20160:	bl	0x2013a <leaf>          @ imm = #-0x2a
   20164:	adds	r0, #0x1
   20166:	pop	{r7, pc}
";

/// The same on a Cortex-M0.
pub const CASES_M0: &str = "\
thumbv6m-none-eabi-cases:	file format elf32-littlearm
start address: 0x000200e5

SYMBOL TABLE:
000200e4 l       .text	00000000 $t
000200f4 l       .text	00000000 $d
000200fa l       .text	00000000 $t
00020140 l       .text	00000000 $t
00020162 l       .text	00000000 $t
000200e4 g     F .text	0000005c _start
00020140 g     F .text	00000022 leaf
00020162 g     F .text	0000000c middle

Disassembly of section .text:

000200e4 <_start>:
   200e4:	push	{r7, lr}
   200e6:	add	r7, sp, #0x0
   200e8:	cmp	r0, #0x5
   200ea:	bhi	0x2013c <_start+0x58>   @ imm = #0x4e
   200ec:	add	r0, pc
   200ee:	ldrb	r0, [r0, #0x4]
   200f0:	lsls	r0, r0, #0x1
   200f2:	add	pc, r0
   200f4: 02 17 0d 12  	.word	0x120d1702
   200f8: 06 1e	.short	0x1e06
   200fa:	movs	r0, #0x2
   200fc:	bl	0x20140 <leaf>          @ imm = #0x40
   20100:	pop	{r7, pc}
   20102:	movs	r0, #0x4
   20104:	bl	0x20140 <leaf>          @ imm = #0x38
   20108:	mov	r1, r0
   2010a:	movs	r0, #0x3
   2010c:	eors	r0, r1
   2010e:	pop	{r7, pc}
   20110:	movs	r0, #0x2
   20112:	bl	0x20162 <middle>        @ imm = #0x4c
   20116:	adds	r0, r0, #0x5
   20118:	pop	{r7, pc}
   2011a:	movs	r0, #0x3
   2011c:	bl	0x20140 <leaf>          @ imm = #0x20
   20120:	adds	r0, r0, #0x7
   20122:	pop	{r7, pc}
   20124:	movs	r0, #0x1
   20126:	bl	0x20140 <leaf>          @ imm = #0x16
   2012a:	mov	r1, r0
   2012c:	movs	r0, #0x3
   2012e:	muls	r0, r1, r0
   20130:	pop	{r7, pc}
   20132:	movs	r0, #0x2
   20134:	bl	0x20162 <middle>        @ imm = #0x2a
   20138:	adds	r0, r0, #0x1
   2013a:	pop	{r7, pc}
   2013c:	movs	r0, #0x9
   2013e:	pop	{r7, pc}

00020140 <leaf>:
   20140:	push	{r7, lr}
   20142:	add	r7, sp, #0x0
   20144:	sub	sp, #0x24
   20146:	str	r0, [sp, #0x1c]
   20148:	str	r0, [sp, #0x18]
   2014a:	str	r0, [sp, #0x14]
   2014c:	str	r0, [sp, #0x10]
   2014e:	str	r0, [sp, #0xc]
   20150:	str	r0, [sp, #0x8]
   20152:	str	r0, [sp, #0x4]
   20154:	str	r0, [sp]
   20156:	mov	r0, sp
   20158:	str	r0, [sp, #0x20]
   2015a:	add	r0, sp, #0x20
   2015c:	ldr	r0, [sp, #0x4]
   2015e:	add	sp, #0x24
   20160:	pop	{r7, pc}

00020162 <middle>:
   20162:	push	{r7, lr}
   20164:	add	r7, sp, #0x0
   20166:	bl	0x20140 <leaf>          @ imm = #-0x2a
   2016a:	adds	r0, r0, #0x1
   2016c:	pop	{r7, pc}
";

/// `let mut a = Aligned([n; 8]); black_box(&mut a);`, a multiple of 32, on a Cortex-M0.
pub const ALIGNED_M0: &str = "\
thumbv6m-none-eabi-aligned:	file format elf32-littlearm
start address: 0x000200e5

SYMBOL TABLE:
000200e4 l       .text	00000000 $t
000200e4 g     F .text	0000002c _start

Disassembly of section .text:

000200e4 <_start>:
   200e4:	push	{r4, r6, r7, lr}
   200e6:	add	r7, sp, #0x8
   200e8:	sub	sp, #0x30
   200ea:	mov	r4, sp
   200ec:	lsrs	r4, r4, #0x5
   200ee:	lsls	r4, r4, #0x5
   200f0:	mov	sp, r4
   200f2:	str	r0, [sp, #0x1c]
   200f4:	str	r0, [sp, #0x18]
   200f6:	str	r0, [sp, #0x14]
   200f8:	str	r0, [sp, #0x10]
   200fa:	str	r0, [sp, #0xc]
   200fc:	str	r0, [sp, #0x8]
   200fe:	str	r0, [sp, #0x4]
   20100:	str	r0, [sp]
   20102:	mov	r0, sp
   20104:	str	r0, [sp, #0x2c]
   20106:	add	r0, sp, #0x2c
   20108:	subs	r6, r7, #0x7
   2010a:	subs	r6, #0x1
   2010c:	mov	sp, r6
   2010e:	pop	{r4, r6, r7, pc}
";

/// `let mut a = [n; 4000]; black_box(&mut a);` on a Cortex-M0.
pub const LARGE_M0: &str = "\
thumbv6m-none-eabi-large:	file format elf32-littlearm
start address: 0x000200e5

SYMBOL TABLE:
000200e4 l       .text	00000000 $t
00020170 l       .text	00000000 $d
000200e4 g     F .text	00000094 _start

Disassembly of section .text:

000200e4 <_start>:
   200e4:	push	{r4, r6, r7, lr}
   200e6:	add	r7, sp, #0x8
   200e8:	ldr	r6, [pc, #0x84]         @ 0x20170 <_start+0x8c>
   200ea:	add	sp, r6
   200ec:	movs	r1, #0x0
   200ee:	mov	r2, sp
   200f0:	str	r0, [r2, r1]
   200f2:	adds	r2, r2, r1
   200f4:	movs	r3, #0x9c
   200f6:	str	r0, [r2, r3]
   200f8:	movs	r3, #0x98
   200fa:	str	r0, [r2, r3]
   200fc:	movs	r3, #0x94
   200fe:	str	r0, [r2, r3]
   20100:	movs	r3, #0x90
   20102:	str	r0, [r2, r3]
   20104:	movs	r3, #0x8c
   20106:	str	r0, [r2, r3]
   20108:	movs	r3, #0x88
   2010a:	str	r0, [r2, r3]
   2010c:	movs	r3, #0x84
   2010e:	str	r0, [r2, r3]
   20110:	movs	r3, #0x80
   20112:	str	r0, [r2, r3]
   20114:	str	r0, [r2, #0x64]
   20116:	str	r0, [r2, #0x68]
   20118:	str	r0, [r2, #0x6c]
   2011a:	str	r0, [r2, #0x70]
   2011c:	str	r0, [r2, #0x74]
   2011e:	str	r0, [r2, #0x78]
   20120:	str	r0, [r2, #0x7c]
   20122:	str	r0, [r2, #0x44]
   20124:	str	r0, [r2, #0x48]
   20126:	str	r0, [r2, #0x4c]
   20128:	str	r0, [r2, #0x50]
   2012a:	str	r0, [r2, #0x54]
   2012c:	str	r0, [r2, #0x58]
   2012e:	str	r0, [r2, #0x5c]
   20130:	str	r0, [r2, #0x60]
   20132:	str	r0, [r2, #0x24]
   20134:	str	r0, [r2, #0x28]
   20136:	str	r0, [r2, #0x2c]
   20138:	str	r0, [r2, #0x30]
   2013a:	str	r0, [r2, #0x34]
   2013c:	str	r0, [r2, #0x38]
   2013e:	str	r0, [r2, #0x3c]
   20140:	str	r0, [r2, #0x40]
   20142:	str	r0, [r2, #0x4]
   20144:	str	r0, [r2, #0x8]
   20146:	str	r0, [r2, #0xc]
   20148:	str	r0, [r2, #0x10]
   2014a:	str	r0, [r2, #0x14]
   2014c:	str	r0, [r2, #0x18]
   2014e:	str	r0, [r2, #0x1c]
   20150:	str	r0, [r2, #0x20]
   20152:	adds	r1, #0xa0
   20154:	movs	r2, #0x7d
   20156:	lsls	r2, r2, #0x7
   20158:	cmp	r1, r2
   2015a:	bne	0x200ee <_start+0xa>    @ imm = #-0x70
   2015c:	mov	r0, sp
   2015e:	ldr	r1, [pc, #0x14]         @ 0x20174 <_start+0x90>
   20160:	add	r1, sp, r1
   20162:	str	r0, [r1]
   20164:	ldr	r0, [pc, #0xc]          @ 0x20174 <_start+0x90>
   20166:	add	r0, sp, r0
   20168:	subs	r6, r7, #0x7
   2016a:	subs	r6, #0x1
   2016c:	mov	sp, r6
   2016e:	pop	{r4, r6, r7, pc}
   20170: 7c c1 ff ff  	.word	0xffffc17c
   20174: 80 3e 00 00  	.word	0x00003e80
";
