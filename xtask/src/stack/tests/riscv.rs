//! What `llvm-objdump` prints of the same programs for RV32IMC.

pub const NESTED: &str = "\
riscv32imc-unknown-none-elf-nested:	file format elf32-littleriscv
start address: 0x000110d4

SYMBOL TABLE:
000110d4 l       .text	00000000 $x
000110f6 l       .text	00000000 $x
00011114 l       .text	00000000 $x
000110d4 g     F .text	00000022 _start
000110f6 g     F .text	0000001e leaf
00011114 g     F .text	00000014 middle

Disassembly of section .text:

000110d4 <_start>:
   110d4:	addi	sp, sp, -0x10
   110d6:	sw	ra, 0xc(sp)
   110d8:	sw	a0, 0x0(sp)
   110da:	sw	a0, 0x4(sp)
   110dc:	mv	a0, sp
   110de:	sw	a0, 0x8(sp)
   110e0:	addi	a0, sp, 0x8
   110e2:	lw	a0, 0x0(sp)
   110e4:	auipc	ra, 0x0
   110e8:	jalr	0x30(ra) <middle>
   110ec:	lw	a1, 0x4(sp)
   110ee:	add	a0, a0, a1
   110f0:	lw	ra, 0xc(sp)
   110f2:	addi	sp, sp, 0x10
   110f4:	ret

000110f6 <leaf>:
   110f6:	addi	sp, sp, -0x30
   110f8:	sw	a0, 0xc(sp)
   110fa:	sw	a0, 0x10(sp)
   110fc:	sw	a0, 0x14(sp)
   110fe:	sw	a0, 0x18(sp)
   11100:	sw	a0, 0x1c(sp)
   11102:	sw	a0, 0x20(sp)
   11104:	sw	a0, 0x24(sp)
   11106:	sw	a0, 0x28(sp)
   11108:	addi	a0, sp, 0xc
   1110a:	sw	a0, 0x2c(sp)
   1110c:	addi	a0, sp, 0x2c
   1110e:	lw	a0, 0x10(sp)
   11110:	addi	sp, sp, 0x30
   11112:	ret

00011114 <middle>:
   11114:	addi	sp, sp, -0x10
   11116:	sw	ra, 0xc(sp)
   11118:	auipc	ra, 0x0
   1111c:	jalr	-0x22(ra) <leaf>
   11120:	addi	a0, a0, 0x1
   11122:	lw	ra, 0xc(sp)
   11124:	addi	sp, sp, 0x10
   11126:	ret
";

pub const RECURSION: &str = "\
riscv32imc-unknown-none-elf-recursion:	file format elf32-littleriscv
start address: 0x000110d4

SYMBOL TABLE:
000110d4 l       .text	00000000 $x
000110d4 g     F .text	0000003c _start

Disassembly of section .text:

000110d4 <_start>:
   110d4:	beqz	a0, 0x1110c <_start+0x38>
   110d6:	addi	sp, sp, -0x10
   110d8:	sw	ra, 0xc(sp)
   110da:	sw	s0, 0x8(sp)
   110dc:	sw	s1, 0x4(sp)
   110de:	addi	a1, a0, -0x1
   110e2:	mv	s0, a0
   110e4:	mv	a0, a1
   110e6:	auipc	ra, 0x0
   110ea:	jalr	-0x12(ra) <_start>
   110ee:	sw	a0, 0x0(sp)
   110f0:	mv	a0, sp
   110f2:	lw	s1, 0x0(sp)
   110f4:	srli	a0, s0, 0x1
   110f8:	auipc	ra, 0x0
   110fc:	jalr	-0x24(ra) <_start>
   11100:	add	a0, a0, s1
   11102:	lw	ra, 0xc(sp)
   11104:	lw	s0, 0x8(sp)
   11106:	lw	s1, 0x4(sp)
   11108:	addi	sp, sp, 0x10
   1110a:	ret
   1110c:	li	a0, 0x1
   1110e:	ret
";

pub const INDIRECT: &str = "\
riscv32imc-unknown-none-elf-indirect:	file format elf32-littleriscv
start address: 0x000110d4

SYMBOL TABLE:
000110d4 l       .text	00000000 $x
000110d4 g     F .text	00000012 _start

Disassembly of section .text:

000110d4 <_start>:
   110d4:	addi	sp, sp, -0x10
   110d6:	sw	ra, 0xc(sp)
   110d8:	mv	a1, a0
   110da:	li	a0, 0x3
   110dc:	jalr	a1
   110de:	addi	a0, a0, 0x1
   110e0:	lw	ra, 0xc(sp)
   110e2:	addi	sp, sp, 0x10
   110e4:	ret
";

pub const INDIRECT_TAIL: &str = "\
riscv32imc-unknown-none-elf-indirect_tail:	file format elf32-littleriscv
start address: 0x000110d4

SYMBOL TABLE:
000110d4 l       .text	00000000 $x
000110d4 g     F .text	00000006 _start

Disassembly of section .text:

000110d4 <_start>:
   110d4:	mv	a5, a0
   110d6:	li	a0, 0x3
   110d8:	jr	a5
";

pub const CASES: &str = "\
riscv32imc-unknown-none-elf-cases:	file format elf32-littleriscv
start address: 0x000110ec

SYMBOL TABLE:
000110ec l       .text	00000000 $x
00011106 l       .text	00000000 .L0
00011114 l       .text	00000000 .L0
00011124 l       .text	00000000 .L0
00011132 l       .text	00000000 .L0
00011140 l       .text	00000000 .L0
00011152 l       .text	00000000 .L0
000100d4 l       .rodata	00000000 $d
00011168 l       .text	00000000 $x
00011186 l       .text	00000000 $x
000110ec g     F .text	0000007c _start
00011168 g     F .text	0000001e leaf
00011186 g     F .text	00000014 middle

Disassembly of section .text:

000110ec <_start>:
   110ec:	addi	sp, sp, -0x10
   110ee:	sw	ra, 0xc(sp)
   110f0:	li	a1, 0x5
   110f2:	bltu	a1, a0, 0x11160 <_start+0x74>
   110f6:	slli	a0, a0, 0x2
   110f8:	lui	a1, 0x10
   110fc:	addi	a1, a1, 0xd4
   11100:	add	a0, a0, a1
   11102:	lw	a0, 0x0(a0)
   11104:	jr	a0
   11106:	li	a0, 0x2
   11108:	lw	ra, 0xc(sp)
   1110a:	addi	sp, sp, 0x10
   1110c:	auipc	t1, 0x0
   11110:	jr	0x5c(t1) <leaf>
   11114:	li	a0, 0x4
   11116:	auipc	ra, 0x0
   1111a:	jalr	0x52(ra) <leaf>
   1111e:	xori	a0, a0, 0x3
   11122:	j	0x11162 <_start+0x76>
   11124:	li	a0, 0x2
   11126:	auipc	ra, 0x0
   1112a:	jalr	0x60(ra) <middle>
   1112e:	addi	a0, a0, 0x5
   11130:	j	0x11162 <_start+0x76>
   11132:	li	a0, 0x3
   11134:	auipc	ra, 0x0
   11138:	jalr	0x34(ra) <leaf>
   1113c:	addi	a0, a0, 0x7
   1113e:	j	0x11162 <_start+0x76>
   11140:	li	a0, 0x1
   11142:	auipc	ra, 0x0
   11146:	jalr	0x26(ra) <leaf>
   1114a:	slli	a1, a0, 0x1
   1114e:	add	a0, a0, a1
   11150:	j	0x11162 <_start+0x76>
   11152:	li	a0, 0x2
   11154:	auipc	ra, 0x0
   11158:	jalr	0x32(ra) <middle>
   1115c:	addi	a0, a0, 0x1
   1115e:	j	0x11162 <_start+0x76>
   11160:	li	a0, 0x9
   11162:	lw	ra, 0xc(sp)
   11164:	addi	sp, sp, 0x10
   11166:	ret

00011168 <leaf>:
   11168:	addi	sp, sp, -0x30
   1116a:	sw	a0, 0xc(sp)
   1116c:	sw	a0, 0x10(sp)
   1116e:	sw	a0, 0x14(sp)
   11170:	sw	a0, 0x18(sp)
   11172:	sw	a0, 0x1c(sp)
   11174:	sw	a0, 0x20(sp)
   11176:	sw	a0, 0x24(sp)
   11178:	sw	a0, 0x28(sp)
   1117a:	addi	a0, sp, 0xc
   1117c:	sw	a0, 0x2c(sp)
   1117e:	addi	a0, sp, 0x2c
   11180:	lw	a0, 0x10(sp)
   11182:	addi	sp, sp, 0x30
   11184:	ret

00011186 <middle>:
   11186:	addi	sp, sp, -0x10
   11188:	sw	ra, 0xc(sp)
   1118a:	auipc	ra, 0x0
   1118e:	jalr	-0x22(ra) <leaf>
   11192:	addi	a0, a0, 0x1
   11194:	lw	ra, 0xc(sp)
   11196:	addi	sp, sp, 0x10
   11198:	ret
";

pub const ALIGNED: &str = "\
riscv32imc-unknown-none-elf-aligned:	file format elf32-littleriscv
start address: 0x000110d4

SYMBOL TABLE:
000110d4 l       .text	00000000 $x
000110d4 g     F .text	0000002e _start

Disassembly of section .text:

000110d4 <_start>:
   110d4:	addi	sp, sp, -0x40
   110d6:	sw	ra, 0x3c(sp)
   110d8:	sw	s0, 0x38(sp)
   110da:	addi	s0, sp, 0x40
   110dc:	andi	sp, sp, -0x20
   110e0:	sw	a0, 0x0(sp)
   110e2:	sw	a0, 0x4(sp)
   110e4:	sw	a0, 0x8(sp)
   110e6:	sw	a0, 0xc(sp)
   110e8:	sw	a0, 0x10(sp)
   110ea:	sw	a0, 0x14(sp)
   110ec:	sw	a0, 0x18(sp)
   110ee:	sw	a0, 0x1c(sp)
   110f0:	mv	a0, sp
   110f2:	sw	a0, 0x34(sp)
   110f4:	addi	a0, sp, 0x34
   110f6:	addi	sp, s0, -0x40
   110fa:	lw	ra, 0x3c(sp)
   110fc:	lw	s0, 0x38(sp)
   110fe:	addi	sp, sp, 0x40
   11100:	ret
";

pub const LARGE: &str = "\
riscv32imc-unknown-none-elf-large:	file format elf32-littleriscv
start address: 0x000110d4

SYMBOL TABLE:
000110d4 l       .text	00000000 $x
000110d4 g     F .text	00000038 _start

Disassembly of section .text:

000110d4 <_start>:
   110d4:	lui	a1, 0x4
   110d6:	addi	a1, a1, -0x170
   110da:	sub	sp, sp, a1
   110de:	lui	a1, 0x4
   110e0:	addi	a2, a1, -0x180
   110e4:	addi	a1, sp, 0xc
   110e6:	add	a2, a2, a1
   110e8:	sw	a0, 0x0(a1)
   110ea:	addi	a1, a1, 0x4
   110ec:	bne	a1, a2, 0x110e8 <_start+0x14>
   110f0:	addi	a0, sp, 0xc
   110f2:	lui	a1, 0x4
   110f4:	add	a1, a1, sp
   110f6:	sw	a0, -0x174(a1)
   110fa:	lui	a0, 0x4
   110fc:	addi	a0, a0, -0x174
   11100:	add	a0, a0, sp
   11102:	lui	a0, 0x4
   11104:	addi	a0, a0, -0x170
   11108:	add	sp, sp, a0
   1110a:	ret
";
