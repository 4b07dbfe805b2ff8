using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Arithmetic of ints whose values are known. What overflows is not known.</summary>
internal static class Arithmetic
{
    public static Known? Evaluate(BinaryOperatorKind kind, Known? left, Known? right, ITypeSymbol? type)
    {
        if (type?.SpecialType != SpecialType.System_Int32
            || left is not { Kind: KnownKind.Number, Count: { } a }
            || right is not { Kind: KnownKind.Number, Count: { } b })
        {
            return null;
        }

        long? result = kind switch
        {
            BinaryOperatorKind.Add => (long)a + b,
            BinaryOperatorKind.Subtract => (long)a - b,
            BinaryOperatorKind.Multiply => (long)a * b,
            BinaryOperatorKind.Divide when b != 0 => (long)a / b,
            BinaryOperatorKind.Remainder when b != 0 => (long)a % b,
            _ => null,
        };
        return result is >= int.MinValue and <= int.MaxValue and { } number ? Known.Number((int)number) : null;
    }
}
