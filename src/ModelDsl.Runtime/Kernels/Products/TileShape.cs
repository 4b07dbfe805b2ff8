namespace ModelDsl.Kernels;

/// <summary>The shape of a register tile as a type, so that it is a constant to the JIT.</summary>
internal interface ITileShape
{
    /// <summary>The number of rows, from 1 to 14.</summary>
    static abstract int Rows { get; }

    /// <summary>The number of vectors in a row, 1 or 2.</summary>
    static abstract int Vectors { get; }

    /// <summary>Whether the kernel copies its second operand while it reads it.</summary>
    static abstract bool Packs { get; }

    /// <summary>Whether the chains of additions start from what the result holds.</summary>
    static abstract bool GoesOn { get; }
}

/// <summary>A tile of TRows rows and TVectors vectors that makes TCopies copies of its second operand, none or one.</summary>
internal readonly struct TileShape<TRows, TVectors, TCopies> : ITileShape
    where TRows : struct, ICount
    where TVectors : struct, ICount
    where TCopies : struct, ICount
{
    public static int Rows => TRows.Value;

    public static int Vectors => TVectors.Value;

    public static bool Packs => TCopies.Value > 0;

    public static bool GoesOn => false;
}

/// <summary>A tile that starts from TTerms terms: none, or what the result holds.</summary>
internal readonly struct TileFrom<TShape, TTerms> : ITileShape
    where TShape : struct, ITileShape
    where TTerms : struct, ICount
{
    public static int Rows => TShape.Rows;

    public static int Vectors => TShape.Vectors;

    public static bool Packs => TShape.Packs;

    public static bool GoesOn => TTerms.Value > 0;
}

/// <summary>A number as a type, so that it is a constant to the JIT.</summary>
internal interface ICount
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}

/// <summary>The numbers that shapes of tiles are made of.</summary>
internal static class Count
{
    public readonly struct Zero : ICount
    {
        public static int Value => 0;
    }

    public readonly struct One : ICount
    {
        public static int Value => 1;
    }

    public readonly struct Two : ICount
    {
        public static int Value => 2;
    }

    public readonly struct Three : ICount
    {
        public static int Value => 3;
    }

    public readonly struct Four : ICount
    {
        public static int Value => 4;
    }

    public readonly struct Five : ICount
    {
        public static int Value => 5;
    }

    public readonly struct Six : ICount
    {
        public static int Value => 6;
    }

    public readonly struct Seven : ICount
    {
        public static int Value => 7;
    }

    public readonly struct Eight : ICount
    {
        public static int Value => 8;
    }

    public readonly struct Nine : ICount
    {
        public static int Value => 9;
    }

    public readonly struct Ten : ICount
    {
        public static int Value => 10;
    }

    public readonly struct Eleven : ICount
    {
        public static int Value => 11;
    }

    public readonly struct Twelve : ICount
    {
        public static int Value => 12;
    }

    public readonly struct Thirteen : ICount
    {
        public static int Value => 13;
    }

    public readonly struct Fourteen : ICount
    {
        public static int Value => 14;
    }
}
