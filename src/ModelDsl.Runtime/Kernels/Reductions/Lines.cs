namespace ModelDsl.Kernels;

/// <summary>
/// The lines of a tensor along one of its dimensions: [outer, count, inner], of which each line has count elements.
/// </summary>
/// <remarks>
/// Lines of the last dimension are rows where they lie. Others are turned into rows, some neighbouring lines at a time,
/// and results are turned back: what works on a row serves every dimension.
/// </remarks>
/// <param name="outer">The product of the extents before the dimension.</param>
/// <param name="count">The extent of the dimension.</param>
/// <param name="inner">The product of the extents behind it.</param>
internal readonly unsafe struct Lines(int outer, int count, int inner)
{
    /// <summary>The lines that are turned together: those of a cache line.</summary>
    public const int Together = 16;

    /// <summary>The elements that pay for a thread's hand-over.</summary>
    private const int PerThread = 1 << 14;

    public int Count => count;

    public bool AreRows => inner == 1;

    /// <summary>The floats between two elements of a line.</summary>
    public nint Distance => inner;

    /// <summary>The number of groups of lines that are taken together.</summary>
    public int Groups => checked(outer * ((inner + Together - 1) / Together));

    /// <summary>The groups that pay for a thread.</summary>
    public int GroupsPerThread => (int)Math.Max(1, PerThread / ((long)count * Math.Min(inner, Together)));

    /// <summary>Checks that an operand has all lines.</summary>
    public void Check(FloatSpan operand, [CallerArgumentExpression(nameof(operand))] string name = "") =>
        Guard.Blocks(operand, outer, count, inner, name);

    /// <summary>Checks that an operand has one element for each line.</summary>
    public void CheckOnes(FloatSpan operand, [CallerArgumentExpression(nameof(operand))] string name = "") =>
        Guard.Blocks(operand, outer, 1, inner, name);

    /// <summary>Where a group begins: the number of its first line, and how many it has.</summary>
    public (nint Line, int Lines) Group(int group)
    {
        (int place, int block) = Math.DivRem(group, (inner + Together - 1) / Together);
        return (((nint)place * inner) + (block * Together), Math.Min(Together, inner - (block * Together)));
    }

    /// <summary>The first element of a line.</summary>
    public nint Start(nint line) => (line / inner * inner * count) + (line % inner);

    /// <summary>The lines of a group as rows: where they are, or in working memory.</summary>
    public float* Load<TVector>(float* source, nint line, int lines, float* memory)
        where TVector : struct, ISimdVector<TVector>
    {
        if (AreRows)
        {
            return source + Start(line);
        }

        Transposition.Transpose<TVector>(source + Start(line), inner, count, lines, memory, count);
        return memory;
    }

    /// <summary>Where the rows of a group go: to their place, or to working memory.</summary>
    public float* Target(float* destination, nint line, float* memory) => AreRows ? destination + Start(line) : memory;

    /// <summary>Puts the rows of a group from working memory to their place.</summary>
    public void Store<TVector>(float* rows, float* destination, nint line, int lines)
        where TVector : struct, ISimdVector<TVector>
    {
        if (!AreRows)
        {
            Transposition.Transpose<TVector>(rows, count, lines, count, destination + Start(line), inner);
        }
    }

    /// <summary>Working memory for some operands of a group.</summary>
    public float* Memory(int operands) => AreRows ? null : Scratch.Get((long)operands * Together * count);

    /// <summary>The working memory of one of several operands.</summary>
    public float* Part(float* memory, int number) => AreRows ? null : memory + ((nint)number * Together * count);
}

/// <summary>What is made of one row, as long as it is.</summary>
internal unsafe interface ILineMap
{
    /// <summary>Makes a row of one or two others; the second is null where there is none.</summary>
    void Invoke<TVector>(float* first, float* second, float* result, int count)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>Maps the lines of tensors to those of another one.</summary>
internal static unsafe class LineMap<TMap>
    where TMap : struct, ILineMap
{
    /// <param name="lines">The lines.</param>
    /// <param name="map">What is made of each.</param>
    /// <param name="first">The first operand.</param>
    /// <param name="second">The second operand, or empty.</param>
    /// <param name="result">Where the lines go; may be an operand.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Run(Lines lines, TMap map, FloatSpan first, FloatSpan second, FloatSpan result)
    {
        lines.Check(first);
        lines.Check(result);
        if (!second.IsEmpty)
        {
            lines.Check(second);
        }

        if (lines.Count > 0)
        {
            RangeLoop<Work>.Run(
                new Work(lines, map, first.Pointer, second.IsEmpty ? null : second.Pointer, result.Pointer),
                lines.Groups, grain: 1, lines.GroupsPerThread);
        }
    }

    private readonly struct Work(Lines lines, TMap map, float* first, float* second, float* result) : IRangeKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            float* memory = lines.Memory(operands: 3);
            int count = lines.Count;
            for (int group = start; group < end; group++)
            {
                (nint line, int many) = lines.Group(group);
                float* x = lines.Load<TVector>(first, line, many, memory);
                float* y = second is null ? null : lines.Load<TVector>(second, line, many, lines.Part(memory, 1));
                float* rows = lines.Target(result, line, lines.Part(memory, 2));
                for (int i = 0; i < many; i++)
                {
                    nint row = (nint)i * count;
                    map.Invoke<TVector>(x + row, y is null ? null : y + row, rows + row, count);
                }

                lines.Store<TVector>(rows, result, line, many);
            }
        }
    }
}
