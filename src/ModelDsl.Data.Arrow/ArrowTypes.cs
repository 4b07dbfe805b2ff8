using Apache.Arrow;
using Apache.Arrow.Types;

namespace ModelDsl.Data;

/// <summary>Which types of columns are read, and as what.</summary>
internal static class ArrowTypes
{
    /// <summary>The type that the values of an extension type are stored as; every other type is its own.</summary>
    public static IArrowType StorageOf(IArrowType type) =>
        type is ExtensionType extension ? StorageOf(extension.StorageType) : type;

    /// <summary>Whether a column is one value in each row, and not a list or a structure.</summary>
    public static bool IsFlat(IArrowType type) => StorageOf(type) switch
    {
        RunEndEncodedType => true,
        NestedType => false,
        DictionaryType dictionary => IsFlat(dictionary.ValueType),
        _ => true,
    };

    /// <summary>Refuses a column whose values are no numbers nor, where texts are wanted, texts.</summary>
    /// <exception cref="ColumnException">They are not.</exception>
    public static void Check(Field field, bool isText)
    {
        IArrowType type = StorageOf(field.DataType);
        IArrowType value = type is DictionaryType dictionary ? StorageOf(dictionary.ValueType) : type;
        bool isRead = value.TypeId switch
        {
            ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => isText,
            ArrowTypeId.Null or ArrowTypeId.Boolean => true,
            ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double => true,
            ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64 => true,
            ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64 => true,
            ArrowTypeId.Decimal32 or ArrowTypeId.Decimal64 => true,
            ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256 => true,
            _ => false,
        };
        if (!isRead)
        {
            throw new ColumnException(
                $"column {PrintableText.Name(field.Name)}",
                $"expected {(isText ? "texts or numbers" : "numbers")}, got {NameOf(value)}");
        }
    }

    /// <summary>How many digits of a decimal number stand behind its point.</summary>
    public static int DecimalPlacesOf(FixedSizeBinaryType type) => type switch
    {
        Decimal32Type narrow => narrow.Scale,
        Decimal64Type narrow => narrow.Scale,
        Decimal128Type wide => wide.Scale,
        _ => ((Decimal256Type)type).Scale,
    };

    private static string NameOf(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => "text",
        ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView or ArrowTypeId.FixedSizedBinary =>
            "bytes",
        _ => type.Name,
    };
}
